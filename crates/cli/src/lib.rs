//! The command line of Sandtable: checks the course, grades answers, builds the site, serves it, measures it.
//!
//! A command reads files, asks the pure crates and `sandtable-course`, and says what came of it. Standard output holds
//! the result, standard error what is to be read by a person. Exit codes: 0 fine, 1 something is wrong, 2 wrong usage.

use std::process::ExitCode;

use clap::{Parser, Subcommand};

mod commands;
mod compress;
mod content;
mod failure;
mod files;
pub mod html;
mod names;
mod near;
mod out;
mod policy;
mod server;
mod single;
mod site;

use commands::{budgets, build, check, grade, schema, serve, stats};
use failure::Failure;

/// Reads the command line, does what it says, and gives the exit code.
#[must_use]
pub fn run() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Check(args) => check::run(&args),
        Command::Stats(args) => stats::run(&args),
        Command::Grade(args) => grade::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Build(args) => build::run(&args),
        Command::Serve(args) => serve::run(&args),
        Command::Budgets(args) => budgets::run(&args),
    };
    match outcome {
        Ok(Done::Fine) => ExitCode::SUCCESS,
        Ok(Done::Wrong) => ExitCode::FAILURE,
        Err(failure) => {
            out::note(&format!("{failure}\n"));
            ExitCode::FAILURE
        }
    }
}

/// How a command ended that could do its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Done {
    /// As wished.
    Fine,
    /// It found something wrong and has said so.
    Wrong,
}

type Outcome = Result<Done, Failure>;

/// Exercises for people who design clouds: the course tool.
#[derive(Debug, Parser)]
#[command(name = "sandtable", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(check::Args),
    Stats(stats::Args),
    Grade(grade::Args),
    Schema(schema::Args),
    Build(build::Args),
    Serve(serve::Args),
    Budgets(budgets::Args),
}
