use std::path::{Path, PathBuf};

use serde::Deserialize;

use crate::failure::{Doing, Failure};
use crate::{Done, Outcome, files, out};

mod measure;

use measure::{Measured, Measures};

/// Measure a built site against the limits that the project set itself
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder that `sandtable build --app` wrote
    site: PathBuf,
    /// Trunk's output: from it single files are made, to be measured
    #[arg(long, value_name = "DIST")]
    app: Option<PathBuf>,
    /// The course that goes into single files
    #[arg(long, default_value = "exercises", value_name = "DIR", requires = "app")]
    course: PathBuf,
    /// The limits
    #[arg(long, default_value = "budgets.yaml", value_name = "FILE")]
    limits: PathBuf,
}

pub(crate) fn run(args: &Args) -> Outcome {
    let limits = read_limits(&args.limits)?;
    let mut measures = Measures::of(&args.site)?;
    if let Some(dist) = &args.app {
        measures.add_single_files(dist, &args.course)?;
    }
    let mut table = vec![["what", "measured", "limit", "share"].map(str::to_owned).to_vec()];
    let mut over = Vec::new();
    for row in &limits.rows {
        let limit = format!("{} {}", row.limit, row.unit.name());
        let (measured, share) = match (&row.measured_by, measures.get(&row.id)) {
            (Some(other), _) => (format!("measured by: {other}"), String::new()),
            (None, Some(Measured::NotBuilt)) => ("not built".to_owned(), String::new()),
            (None, Some(Measured::Bytes(bytes, unit))) => {
                if unit != row.unit {
                    return Err(Failure::new(format!(
                        "{}: {} is measured in {}, not in {}.",
                        args.limits.display(),
                        row.id,
                        unit.name(),
                        row.unit.name()
                    )));
                }
                let limit = row.limit.saturating_mul(1000);
                if bytes > limit {
                    over.push(row.what.as_str());
                }
                (
                    format!("{:.1} KB", kilo(bytes)),
                    format!("{:.0} %", share(bytes, limit)),
                )
            }
            (None, None) => {
                return Err(Failure::new(format!(
                    "{} limits {}, which nothing measures. Known are {}; for another add measured_by.",
                    args.limits.display(),
                    row.id,
                    measures.ids().join(", ")
                )));
            }
        };
        table.push(vec![row.what.clone(), measured, limit, share]);
    }
    if let Some(id) = measures
        .ids()
        .into_iter()
        .find(|id| limits.rows.iter().all(|row| row.id != *id))
    {
        return Err(Failure::new(format!(
            "{} has no row {id}: a budget does not go by being forgotten.",
            args.limits.display()
        )));
    }
    out::result(&out::table(&table))?;
    if over.is_empty() {
        return Ok(Done::Fine);
    }
    out::note(&format!("Over the limit: {}.\n", over.join("; ")));
    Ok(Done::Wrong)
}

/// `budgets.yaml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Limits {
    rows: Vec<Row>,
}

/// A budget.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    id: String,
    what: String,
    limit: u64,
    unit: Unit,
    /// Who measures it, where it is not this command.
    measured_by: Option<String>,
}

/// What a limit counts. A KB is 1000 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
enum Unit {
    #[serde(rename = "KB brotli")]
    KilobytesBrotli,
    #[serde(rename = "KB on disk")]
    KilobytesOnDisk,
    #[serde(rename = "ms")]
    Milliseconds,
    #[serde(rename = "us")]
    Microseconds,
}

impl Unit {
    fn name(self) -> &'static str {
        match self {
            Unit::KilobytesBrotli => "KB brotli",
            Unit::KilobytesOnDisk => "KB on disk",
            Unit::Milliseconds => "ms",
            Unit::Microseconds => "us",
        }
    }
}

fn read_limits(path: &Path) -> Result<Limits, Failure> {
    serde_saphyr::from_slice(&files::read(path)?).doing(|| format!("Cannot read the limits in {}", path.display()))
}

/// For people: three digits are enough, so a float loses nothing they would see.
#[expect(clippy::cast_precision_loss)]
fn kilo(bytes: u64) -> f64 {
    bytes as f64 / 1000.0
}

#[expect(clippy::cast_precision_loss)]
fn share(bytes: u64, limit: u64) -> f64 {
    bytes as f64 * 100.0 / limit.max(1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_projects_own_limits_can_be_read() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../budgets.yaml");
        let limits = read_limits(&path).unwrap();
        assert!(limits.rows.len() > 10);
        let own = limits.rows.iter().filter(|row| row.measured_by.is_none());
        for row in own {
            assert!(measure::IDS.contains(&row.id.as_str()), "{}", row.id);
        }
    }
}
