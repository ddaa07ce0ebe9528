//! The evaluator against LightGBM itself, and against files that nobody should send.

use super::*;
use std::path::{Path, PathBuf};

/// A tree of two inner nodes: `x0 <= 1`, then on the right `x1 <= 2`.
fn tree() -> TreeFile {
    TreeFile {
        feature: vec![0, 1],
        threshold: vec![1.0, 2.0],
        left: vec![-1, -2],
        right: vec![1, -3],
        missing_left: vec![0, 1],
        leaf: vec![10.0, 20.0, 30.0],
    }
}

fn score(trees: &Trees, row: [f32; 2]) -> f32 {
    trees.score(|at| row[at])
}

#[test]
fn a_value_at_most_the_threshold_goes_left_and_a_missing_one_where_the_node_says() {
    let trees = Trees::new(&[tree()], 2).unwrap();
    assert_eq!(score(&trees, [1.0, f32::NAN]), 10.0);
    assert_eq!(score(&trees, [1.5, 2.0]), 20.0);
    assert_eq!(score(&trees, [1.5, 2.1]), 30.0);
    assert_eq!(score(&trees, [f32::NAN, f32::NAN]), 20.0);
    let leaf = TreeFile {
        feature: vec![],
        threshold: vec![],
        left: vec![],
        right: vec![],
        missing_left: vec![],
        leaf: vec![-1.0],
    };
    let trees = Trees::new(&[tree(), leaf, tree()], 2).unwrap();
    assert_eq!(score(&trees, [0.0, 0.0]), 19.0, "scores of trees add up");
}

#[test]
fn trees_that_do_not_end_or_reach_outside_are_refused() {
    type Damage = fn(&mut TreeFile);
    let damages: [(&str, Damage); 10] = [
        ("a child that is its own parent", |t| t.left[0] = 0),
        ("a circle", |t| t.left[1] = 0),
        ("a node that is not there", |t| t.right[0] = 2),
        ("a leaf that is not there", |t| t.left[0] = -4),
        ("the last leaf of all", |t| t.left[0] = i32::MIN),
        ("a feature that is not there", |t| t.feature[1] = 2),
        ("a threshold that is no number", |t| {
            t.threshold[0] = f32::NAN
        }),
        ("an endless leaf", |t| t.leaf[0] = f32::INFINITY),
        ("an array too short", |t| {
            t.missing_left.pop();
        }),
        ("no leaf", |t| t.leaf.clear()),
    ];
    for (what, damage) in damages {
        let mut file = tree();
        damage(&mut file);
        assert!(Trees::new(&[file], 2).is_err(), "{what}");
    }
    assert!(Trees::new(&vec![tree(); MOST_TREES + 1], 2).is_err());
}

#[test]
fn a_ranking_names_features_that_exist_and_numbers_that_are_finite() {
    let read = |text: &str| Ranking::from_json(text.as_bytes());
    assert!(read(r#"{"format":1}"#).is_ok(), "formula F alone");
    let good = r#"{"format":1,"acts":{"candidates":60,"features":["f_gap"],"weights":{"product_named":1.5},
        "trees":[{"feature":[0],"threshold":[0],"left":[-1],"right":[-2],"missing_left":[0],"leaf":[0,1]}]},
        "units":{"candidates":50,"weights":{"f":1}}}"#;
    assert!(read(good).is_ok(), "{:?}", read(good).err());
    for (from, to) in [
        ("\"format\":1", "\"format\":2"),
        ("\"units\"", "\"unit\""),
        ("\"trees\"", "\"tree\""),
        ("\"f_gap\"", "\"g_gap\""),
        ("\"f\":1", "\"ff\":1"),
        ("product_named", "products_named"),
        (":1.5", ":1e99"),
        ("\"candidates\":60", "\"candidates\":0"),
        ("\"candidates\":50", "\"candidates\":1000000000"),
        ("\"feature\":[0]", "\"feature\":[1]"),
        ("\"left\":[-1]", "\"left\":[0]"),
        ("}}}", "}}"),
    ] {
        let bad = good.replace(from, to);
        assert_ne!(bad, good);
        assert!(read(&bad).is_err(), "{to}");
    }
    for bytes in [&b""[..], b"\xff\xfe", b"[]", b"null", &b"[".repeat(100_000)] {
        assert!(Ranking::from_json(bytes).is_err());
    }
}

#[test]
fn the_shipped_ranking_has_both_models() {
    let ranking = Ranking::default();
    assert!(ranking.model.acts.is_some() && ranking.model.units.is_some());
}

fn reference() -> Option<PathBuf> {
    let data = std::env::var_os("SHELF_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data"),
        PathBuf::from,
    );
    Some(data.join("search/ltr_slim24.txt")).filter(|path| path.is_file())
}

fn numbers<T: std::str::FromStr>(text: &str) -> Vec<T> {
    let parsed = text.split(' ').map(str::parse);
    parsed.map(|number| number.ok().unwrap()).collect()
}

/// A tree of LightGBM's text format. Without missing values in training, one counts as 0.
fn lightgbm_tree(text: &str) -> TreeFile {
    let field = |name: &str| {
        let lines = text.lines();
        let mut values = lines.filter_map(|line| line.strip_prefix(name)?.strip_prefix('='));
        values.next().unwrap()
    };
    let thresholds: Vec<f64> = numbers(field("threshold"));
    TreeFile {
        feature: numbers(field("split_feature")),
        // The largest f32 that is not above it keeps `<=` what it was for f32 values.
        threshold: thresholds.iter().map(|t| below(*t)).collect(),
        left: numbers(field("left_child")),
        right: numbers(field("right_child")),
        missing_left: thresholds.iter().map(|t| u8::from(*t >= 0.0)).collect(),
        leaf: numbers(field("leaf_value")),
    }
}

fn below(number: f64) -> f32 {
    let near = number as f32;
    if f64::from(near) > number {
        near.next_down()
    } else {
        near
    }
}

#[test]
fn scores_are_those_of_lightgbm() {
    let Some(path) = reference() else {
        eprintln!("skipped: the reference model is not there (SHELF_DATA)");
        return;
    };
    let text = std::fs::read_to_string(path).unwrap();
    let (head, trees) = text.split_once("\nTree=").unwrap();
    let trees: Vec<TreeFile> = trees.split("\nTree=").map(lightgbm_tree).collect();
    let trees = Trees::new(&trees, 24).unwrap();
    let ranges = head
        .lines()
        .find_map(|line| line.strip_prefix("feature_infos="));
    let ranges: Vec<(f64, f64)> = ranges
        .unwrap()
        .split(' ')
        .map(|range| {
            let (from, to) = range[1..range.len() - 1].split_once(':').unwrap();
            (from.parse().unwrap(), to.parse().unwrap())
        })
        .collect();
    // What LightGBM 4.7 predicts for rows that lie evenly between the least and largest values.
    let expected = [
        -2.780829, -4.260929, -4.453894, -2.152778, -3.449455, -3.643592, -3.697817, -2.984481,
    ];
    for (row, expected) in expected.into_iter().enumerate() {
        let value = |at: usize| {
            let (from, to) = ranges[at];
            (from + (to - from) * (((row * 37 + at * 11) % 101) as f64 / 100.0)) as f32
        };
        let score = f64::from(trees.score(value));
        assert!((score - expected).abs() < 1e-4, "{score} is not {expected}");
    }
}
