use std::path::PathBuf;

use crate::{Done, Outcome, files, out};

/// Write the JSON Schemas that an editor checks and completes with
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder to write to
    #[arg(long, default_value = "exercises/schema", value_name = "DIR")]
    out: PathBuf,
}

pub(crate) fn run(args: &Args) -> Outcome {
    for (name, schema) in sandtable_course::schemas() {
        let path = args.out.join(name);
        let written = files::write_changed(&path, schema.as_bytes())?;
        out::note(&format!(
            "{} {}\n",
            path.display(),
            if written { "is written." } else { "is up to date." }
        ));
    }
    Ok(Done::Fine)
}
