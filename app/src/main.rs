//! The binary `kakunin`.

use clap::Parser;
use kakunin_app::serve;
use kakunin_server::cli::{self, Cli, Command};
use std::process::ExitCode;

// Pages are made of many small pieces: a third of the time went into the system's allocator.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    match Cli::parse().command {
        // Under limits that leave no room for a runtime and its threads.
        Command::ReadWorkbook => cli::read_workbook(),
        command => match tokio::runtime::Runtime::new() {
            Ok(runtime) => runtime.block_on(run(command)),
            Err(error) => finished(Err(error.into())),
        },
    }
}

async fn run(command: Command) -> ExitCode {
    match command {
        Command::Serve(config) => finished(serve::run(config, None).await),
        Command::Demo { config, town } => finished(serve::run(config, Some(town)).await),
        Command::Migrate(config) => cli::migrate(config).await,
        Command::Evaluate(files) => cli::evaluate(&files),
        Command::Check { files } => cli::check(&files),
        Command::Catalogue { coverage: _, policy } => cli::coverage(policy.as_deref()),
        Command::Verify { assessment, config } => cli::verify(config, assessment).await,
        Command::VerifyLog { checkpoints, config } => cli::verify_log(config, checkpoints.as_deref()).await,
        Command::AddOperator { sign_in_name, name, config } => cli::add_operator(config, &sign_in_name, &name).await,
        Command::Routes => serve::print_routes(),
        Command::ReadWorkbook => cli::read_workbook(),
    }
}

fn finished(result: anyhow::Result<()>) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("kakunin: {error:#}");
            ExitCode::FAILURE
        }
    }
}
