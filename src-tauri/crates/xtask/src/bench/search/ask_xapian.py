"""What Xapian makes of the same acts and questions; `cargo xtask bench search` drives it.

    ask_xapian.py build FOLDER < ARTICLES      lines of act, tab, folded terms
    ask_xapian.py ask FOLDER QUESTIONS         JSON Lines like those of `shelf search --queries`

Folding is ours and stands before the clock; the clock runs from the finished query to the acts.
"""

import json
import os
import shutil
import sys
import time

import xapian

ACT = 0  # The value slot of an article's act.
COMMON = 0.3  # A term that more articles than this share have is left out, as ours does.
KEEP = 3  # Terms that a question keeps at least, as ours does.
PAIRS = 2.0  # What a pair weighs beside a syllable; chosen on questions that are not asked here.


def build(folder):
    raw = folder + ".raw"
    how = xapian.DB_CREATE_OR_OVERWRITE | xapian.DB_DANGEROUS | xapian.DB_NO_SYNC
    database = xapian.WritableDatabase(raw, how)
    terms = xapian.TermGenerator()
    articles = 0
    for line in sys.stdin.buffer:
        act, _, words = line.partition(b"\t")
        article = xapian.Document()
        article.add_value(ACT, act)
        terms.set_document(article)
        terms.index_text_without_positions(words)
        database.add_document(article)
        articles += 1
    database.close()
    how = xapian.DBCOMPACT_NO_RENUMBER | xapian.Compactor.FULLER
    xapian.Database(raw).compact(folder, how)
    shutil.rmtree(raw)
    lists = os.path.getsize(os.path.join(folder, "termlist.glass"))
    said = {"articles": articles, "version": xapian.version_string(), "term_lists": lists}
    print(json.dumps(said))


def ask(folder, questions):
    database = xapian.Database(folder)
    most = COMMON * database.get_doccount()
    enquire = xapian.Enquire(database)
    # k1, k2, k3, b, least normalised length: BM25 as ours has it.
    enquire.set_weighting_scheme(xapian.BM25Weight(1.2, 0, 1000, 0.75, 0))
    enquire.set_collapse_key(ACT)
    for line in open(questions, encoding="utf-8"):
        question = json.loads(line)
        query = query_of(question["syllables"], question["pairs"], database, most)
        begun = time.perf_counter_ns()
        enquire.set_query(query)
        acts = [hit.collapse_key for hit in enquire.get_mset(0, 10)]
        took = (time.perf_counter_ns() - begun) // 1000
        hits = [{"document": {"source_key": act.decode()}} for act in acts]
        print(json.dumps({"qid": question["qid"], "took_us": took, "hits": hits}))


def query_of(syllables, pairs, database, most):
    def rare(terms):
        return [term for term in terms if database.get_termfreq(term) <= most]

    rare_syllables, rare_pairs = rare(syllables), rare(pairs)
    if len(rare_syllables) + len(rare_pairs) >= KEEP:
        syllables, pairs = rare_syllables, rare_pairs
    any_of = xapian.Query.OP_OR
    weighed = xapian.Query(
        xapian.Query.OP_SCALE_WEIGHT, xapian.Query(any_of, pairs), PAIRS
    )
    return xapian.Query(any_of, xapian.Query(any_of, syllables), weighed)


if __name__ == "__main__":
    {"build": build, "ask": ask}[sys.argv[1]](*sys.argv[2:])
