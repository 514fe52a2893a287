//! A desk with sample data, from a clone in one command.

use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{needs, sh, ui};

pub(crate) const HELP: &str = "\
Usage: cargo xtask demo [--port N] [--data DIR]

Builds the user interface and the program, then starts a desk with sample data.
The first build takes a few minutes; after that it starts within seconds.

Options:
  --port N    Listen on this port of 127.0.0.1 instead of the program's own choice
  --data DIR  Keep the data there [default: data-demo in the checkout]";

pub(crate) fn run(args: &[&str]) -> Result<()> {
    let options = Options::parse(args)?;
    needs::ensure(needs::BUILD)?;
    ui::build()?;
    sh::build_partnerdesk()?;

    let mut demo = Command::new(sh::partnerdesk());
    demo.arg("demo").arg("--data").arg(&options.data);
    if let Some(port) = options.port {
        demo.arg("--port").arg(port.to_string());
    }
    // The program takes this process's place, so that Ctrl-C reaches it and nothing else.
    Err(demo.exec()).context("cannot start the program")
}

#[derive(Debug, PartialEq, Eq)]
struct Options {
    port: Option<u16>,
    data: PathBuf,
}

impl Options {
    fn parse(args: &[&str]) -> Result<Self> {
        let mut options = Self { port: None, data: sh::root().join("data-demo") };
        let mut args = args.iter();
        while let Some(&name) = args.next() {
            let mut value = || args.next().copied().with_context(|| format!("{name} needs a value"));
            match name {
                "--port" => {
                    let port = value()?.parse().context("--port takes a number up to 65535")?;
                    options.port = Some(port);
                }
                "--data" => options.data = std::path::absolute(value()?)?,
                other => bail!("`cargo xtask demo` does not know `{other}`\n\n{HELP}"),
            }
        }
        Ok(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_its_options() {
        let data = sh::root().join("data-demo");
        assert_eq!(Options::parse(&[]).unwrap(), Options { port: None, data });
        let both = Options::parse(&["--data", "/tmp/d", "--port", "8080"]).unwrap();
        assert_eq!(both, Options { port: Some(8080), data: "/tmp/d".into() });
        for bad in [&["--port"][..], &["--port", "70000"], &["--prot", "1"], &["8080"]] {
            assert!(Options::parse(bad).is_err(), "{bad:?}");
        }
    }
}
