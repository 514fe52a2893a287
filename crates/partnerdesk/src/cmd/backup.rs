//! `backup`: copies of the embedded database and the large contents, made while the desk works.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};
use clap::Subcommand;
use store::backup::{self, Held};

use crate::{config::Config, open, out};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make one in a new folder, while the desk works, and check it
    Make {
        /// The folder; it must not be there yet
        folder: PathBuf,
    },
    /// Check that one is whole: the database is sound, and every large content is what it was
    Check {
        /// Its folder
        folder: PathBuf,
    },
    /// Put one where the configuration says, where there is nothing yet; the program must not run
    Restore {
        /// Its folder
        folder: PathBuf,
    },
}

/// Says what the backup holds.
///
/// # Errors
/// It is not whole, or cannot be made or restored.
pub(crate) fn run(config: &Config, command: &Command) -> Result<()> {
    let (store, blobs) = (config.store()?, config.data_dir.join("blobs"));
    let (done, folder, Held { contents }) = match command {
        Command::Make { folder } => ("made", folder, backup::make(&store, &blobs, folder)?),
        Command::Check { folder } => ("whole", folder, backup::check(folder)?),
        Command::Restore { folder } => {
            let data = &config.data_dir;
            fs::create_dir_all(data).with_context(|| data.display().to_string())?;
            // Written first: nothing that was restored goes out without anybody's leave.
            let mark = data.join(open::RESTORED);
            fs::write(&mark, b"").with_context(|| mark.display().to_string())?;
            let held = backup::restore(&store, &blobs, folder);
            // Nothing was restored: what is there goes on as before.
            let held = held.inspect_err(|_| drop(fs::remove_file(&mark)))?;
            ("restored", folder, held)
        }
    };
    out::line(format_args!("{done}: {}, a database and {contents} large contents", folder.display()))?;
    Ok(())
}
