"""Fits the second stage of search from features that the search itself wrote, and measures it.

Used by `cargo xtask train`: fit.py ACTS ACTS_UNACCENTED UNITS OUT. Questions whose place divided by
three leaves a rest train; the others are measured and nothing else. Settings are chosen by
cross-validation among the training questions (--choose).
"""

import json
import sys

import lightgbm
import numpy

# How many of the acts are trained with what is known of them besides their words hidden, so that acts
# of which it is not known, or says nothing, stand where an average one would.
HIDDEN = 0.15
# Weights beside what is learned, of features that the training questions cannot teach, since no answer
# to them is a product or local. Scores of trees differ by 1.7 between the best two acts of a question
# and by 6 between the first and the tenth, in the middle; those of units by half of that. A product
# that is named counts as much as four or five places: chosen on tests/questions/local.jsonl, where all
# weights from 2.5 to 4 do alike.
GIVEN = {"product_named": 3.0, "place_named": 0.5}
GIVEN_UNITS = {"product_named": 1.5, "place_named": 0.25}
FOLDS = 5
SETTINGS = {
    "objective": "lambdarank",
    "num_leaves": 7,
    "learning_rate": 0.08,
    "min_data_in_leaf": 50,
    "feature_fraction": 0.5,
    "bagging_fraction": 0.8,
    "bagging_freq": 1,
    "lambda_l2": 5.0,
    "lambdarank_truncation_level": 20,
    "seed": 20,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 2,
    "verbosity": -1,
}
ROUNDS = 300
# Of each question so many acts train, and so many are ordered: the tail teaches little and costs much.
TRAINING = 60
CANDIDATES = 100
# Rates, leaves and questions a leaf that --choose compares.
CHOICES = [(0.05, 7, 50), (0.08, 7, 50), (0.12, 7, 50), (0.08, 15, 50), (0.08, 7, 100)]

# The features of units that have a weight, and how many units are ordered by them.
UNIT_NAMES = ["f", "cov_b", "cov_bb", "run", "miss", "h_rev", "length", "place", "t", "tb"]
UNIT_CANDIDATES = 100
# How much weights of units are held small. They are asked of other sorts of questions than those that
# they were learned from: held strongly they are worth .007 MRR more on alqac_dev.
UNIT_DECAY = 300.0


class Dump:
    """Features by question, as the search wrote them."""

    def __init__(self, path, extra=0):
        with open(path, "rb") as file:
            head = json.loads(file.readline())
            data = numpy.frombuffer(file.read(), dtype="<f4")
        self.names = head["features"]
        self.priors = head["priors"]
        data = data.reshape(-1, 1 + extra + len(self.names))
        self.labels = data[:, 0]
        self.extra = data[:, 1 : 1 + extra]
        self.values = data[:, 1 + extra :]
        self.sizes = numpy.array([q["rows"] for q in head["questions"]])
        self.answers = numpy.array([q["answers"] for q in head["questions"]])
        self.starts = numpy.concatenate([[0], numpy.cumsum(self.sizes)])

    def rows(self, questions, limit=None):
        """Places of the rows of these questions, the best ones of each, and how many each has."""
        parts = []
        for question in questions:
            start, size = self.starts[question], self.sizes[question]
            parts.append(numpy.arange(start, start + min(size, limit or size)))
        return numpy.concatenate(parts), numpy.array([len(part) for part in parts])


def measure(labels, scores, sizes, answers):
    """MRR@10, R@1 and R@10, by question."""
    result = numpy.zeros((len(sizes), 3))
    at = 0
    for place, size in enumerate(sizes):
        order = numpy.argsort(-scores[at : at + size], kind="stable")[:10]
        found = labels[at : at + size][order]
        at += size
        first = numpy.flatnonzero(found)
        if len(first):
            result[place, 0] = 1 / (first[0] + 1)
        result[place, 1] = found[:1].sum() / answers[place]
        result[place, 2] = found.sum() / answers[place]
    return result


def hide(values, names, priors):
    """Values with the priors of some acts hidden, the same ones each time."""
    random = numpy.random.default_rng(7)
    values = values.copy()
    hidden = random.random(len(values)) < HIDDEN
    columns = [names.index(name) for name in priors if name in names]
    values[numpy.ix_(hidden, columns)] = numpy.nan
    return values


def fit(dump, questions, names, settings, rounds, candidates):
    rows, sizes = dump.rows(questions, candidates)
    columns = [dump.names.index(name) for name in names]
    values = hide(dump.values[rows][:, columns], names, dump.priors)
    data = lightgbm.Dataset(values, dump.labels[rows], group=sizes, params={"verbosity": -1})
    return lightgbm.train(settings, data, rounds)


def predict(model, dump, questions, names, candidates, **more):
    rows, sizes = dump.rows(questions, candidates)
    columns = [dump.names.index(name) for name in names]
    scores = model.predict(dump.values[rows][:, columns], **more)
    return measure(dump.labels[rows], scores, sizes, dump.answers[questions])


def validated(dump, questions, names, settings, rounds, candidates, at=()):
    """The mean measures over folds of the training questions, after each number of rounds."""
    ends = list(at) or [rounds]
    total = {end: [] for end in ends}
    for fold in range(FOLDS):
        inside = numpy.arange(len(questions)) % FOLDS == fold
        model = fit(dump, questions[~inside], names, settings, rounds, TRAINING)
        for end in ends:
            total[end].append(
                predict(model, dump, questions[inside], names, candidates, num_iteration=end)
            )
    return {end: numpy.concatenate(parts).mean(axis=0) for end, parts in total.items()}


LARGEST = 3e38


def shorter(number, digits=6):
    return float(f"{number:.{digits}g}")


def tree_as_written(tree):
    """One tree as shelf-search reads it: inner nodes from the root on, leaves below zero."""
    out = {"feature": [], "threshold": [], "left": [], "right": [], "missing_left": [], "leaf": []}

    def add(node):
        if "leaf_value" in node:
            out["leaf"].append(shorter(node["leaf_value"], 5))
            return -len(out["leaf"])
        place = len(out["feature"])
        out["feature"].append(node["split_feature"])
        # A split by "is it missing" has no bound that an f32 could hold.
        out["threshold"].append(shorter(max(-LARGEST, min(node["threshold"], LARGEST))))
        # Without missing values in training, LightGBM takes one for 0.
        zero = node["missing_type"] == "None"
        left = node["threshold"] >= 0 if zero else node["default_left"]
        out["missing_left"].append(int(left))
        for side in ("left", "right"):
            out[side].append(0)
        out["left"][place] = add(node["left_child"])
        out["right"][place] = add(node["right_child"])
        return place

    add(tree["tree_structure"])
    return out


def fit_units(dump, questions, names, steps=6, decay=UNIT_DECAY):
    """Weights of a unit's features, from questions of which the act is known and not the unit: the
    best unit of each act stands for it, chosen anew with each step's weights."""
    rows, sizes = dump.rows(questions)
    columns = [dump.names.index(name) for name in names]
    values = dump.values[rows][:, columns].astype(float)
    spread = values.std(axis=0) + 1e-9
    values = values / spread
    labels, acts = dump.labels[rows], dump.extra[rows][:, 0]
    weights = numpy.zeros(len(names))
    weights[names.index("f")] = 1.0
    groups, at = [], 0
    for size in sizes:
        groups.append(numpy.arange(at, at + size))
        at += size
    groups = [g for g in groups if labels[g].any() and not labels[g].all()]
    for _ in range(steps):
        scores = values @ weights
        best, owners, wanted = [], [], []
        for number, group in enumerate(groups):
            order = group[numpy.argsort(-scores[group], kind="stable")]
            _, first = numpy.unique(acts[order], return_index=True)
            chosen = order[first]
            best.append(chosen)
            owners.append(numpy.full(len(chosen), number))
            wanted.append(labels[chosen] / labels[chosen].sum())
        best, owners, wanted = map(numpy.concatenate, (best, owners, wanted))
        weights = softmax_fit(values[best], owners, wanted, len(groups), weights, decay)
    return dict(zip(names, weights / spread))


def softmax_fit(values, owners, wanted, count, weights, decay):
    """Minimises the cross entropy of the right row among each owner's rows, by Newton's method."""
    for _ in range(8):
        scores = values @ weights
        scores -= numpy.maximum.reduceat(scores, starts_of(owners))[owners]
        chance = numpy.exp(scores)
        chance /= numpy.add.reduceat(chance, starts_of(owners))[owners]
        gradient = values.T @ (chance - wanted) + decay * weights
        weighted = values * chance[:, None]
        means = numpy.add.reduceat(weighted, starts_of(owners), axis=0)
        curve = weighted.T @ values - means.T @ means + decay * numpy.eye(len(weights))
        weights = weights - numpy.linalg.solve(curve, gradient)
    return weights


def starts_of(owners):
    return numpy.flatnonzero(numpy.concatenate([[True], owners[1:] != owners[:-1]]))


def row(what, measures):
    print("| {} | {:.3f} | {:.3f} | {:.3f} |".format(what, measures[1], measures[2], measures[0]))


def main():
    acts_file, plain_file, units_file, out = sys.argv[1:5]
    acts, plain = Dump(acts_file), Dump(plain_file)
    everything = numpy.arange(len(acts.sizes))
    training, held = everything[everything % 3 != 0], everything[everything % 3 == 0]
    names = [name for name in acts.names if name not in GIVEN]

    print("| acts | R@1 | R@10 | MRR@10 |\n|---|---|---|---|")
    for what, dump in (("accented", acts), ("unaccented", plain)):
        rows, sizes = dump.rows(held)
        order = -numpy.concatenate([numpy.arange(size) for size in sizes]).astype(float)
        row(f"formula F, {what}", measure(dump.labels[rows], order, sizes, dump.answers[held]).mean(axis=0))
    if "--choose" in sys.argv:
        for rate, leaves, least in CHOICES:
            settings = SETTINGS | {
                "learning_rate": rate, "num_leaves": leaves, "min_data_in_leaf": least,
            }
            ends = [100, 200, 300, 400, 500]
            for end, mean in validated(acts, training, names, settings, 500, CANDIDATES, ends).items():
                row(f"cross-validated: rate {rate}, {leaves} leaves of {least}, {end} trees", mean)
    cross = validated(acts, training, names, SETTINGS, ROUNDS, CANDIDATES)[ROUNDS]
    row(f"trees, cross-validated on {len(training)}", cross)
    model = fit(acts, training, names, SETTINGS, ROUNDS, TRAINING)
    for what, dump in (("accented", acts), ("unaccented", plain)):
        measures = predict(model, dump, held, names, CANDIDATES)
        row(f"trees, {what}, the {len(held)} kept aside", measures.mean(axis=0))

    units = Dump(units_file, extra=1)
    weights = fit_units(units, training, UNIT_NAMES)
    ranking = {
        "format": 1,
        "acts": {
            "candidates": CANDIDATES,
            "features": names,
            "weights": GIVEN,
            "trees": [tree_as_written(tree) for tree in model.dump_model()["tree_info"]],
        },
        "units": {
            "candidates": UNIT_CANDIDATES,
            "weights": {name: shorter(weight) for name, weight in weights.items()} | GIVEN_UNITS,
        },
    }
    text = json.dumps(ranking, ensure_ascii=False, separators=(",", ":"))
    with open(out, "w", encoding="utf-8") as file:
        # A tree a line, so that a change can be looked at.
        file.write(text.replace('{"feature"', '\n{"feature"') + "\n")
    print(f"{len(text)} bytes; units: {ranking['units']['weights']}")


if __name__ == "__main__":
    main()
