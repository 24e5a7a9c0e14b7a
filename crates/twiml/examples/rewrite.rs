//! Reads a document from standard input, tells what is wrong with it, and writes what is left of it.

use std::io::{Read as _, stdin};
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut document = Vec::new();
    if let Err(error) = stdin().read_to_end(&mut document) {
        eprintln!("{error}");
        return ExitCode::FAILURE;
    }
    match twiml::read(&document) {
        Ok(reading) => {
            for warning in &reading.warnings {
                eprintln!("{:?} {warning}", warning.level());
            }
            println!("{}", reading.response.to_xml());
            ExitCode::SUCCESS
        }
        Err(fatal) => {
            eprintln!("{fatal}");
            ExitCode::FAILURE
        }
    }
}
