//! `init`: from nothing to a desk that can be served.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};
use clap::Args;
use store::Store;

use super::desk;
use crate::{
    Global,
    config::{self, Config},
    open::open,
    out,
};

#[derive(Args)]
pub(crate) struct Options {
    /// Where people will reach it, such as `https://help.example.com`
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080")]
    base_url: String,
    /// Where the database and attachments are kept [default: data beside the configuration]
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    #[command(flatten)]
    desk: desk::New,
}

/// Makes the configuration, its secret, the data directory and the database, the first desk and its Global admin. A
/// second call after a failure goes on where the first ended; an existing configuration is used as it is.
///
/// # Errors
/// What cannot be made.
pub(crate) async fn run(global: &Global, options: Options) -> Result<()> {
    let path = global.config.clone().unwrap_or_else(|| PathBuf::from(config::FILE));
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    if fs::exists(&path)? {
        out::line(format_args!("Using the configuration {} that is there.", path.display()))?;
    } else {
        let secret = folder.join("partnerdesk.secret");
        if !fs::exists(&secret)? {
            write_private(&secret, &format!("{}\n", new_secret()?))?;
        }
        let data = options.data.unwrap_or_else(|| PathBuf::from("data"));
        write_private(&path, &text(&options.base_url, &data)?)?;
        out::line(format_args!("Made {} and {}.", path.display(), secret.display()))?;
    }
    let config = Config::load(Some(&path))?;
    fs::create_dir_all(&config.data_dir).with_context(|| config.data_dir.display().to_string())?;
    Store::migrate(&config.store()?).await.context("the database")?;
    let app = open(&config).await?;
    options.desk.make(&app).await?;
    let file = path.display();
    out::line(format_args!(
        "\nNext:\n  1. Say in {file} which server sends your mail: [smtp], then delete keep_mail.\n  \
         2. partnerdesk --config {file} doctor\n  3. partnerdesk --config {file} serve\n\n\
         Keep a copy of the secret apart from the database: without it, passwords of mailboxes cannot be read."
    ))?;
    Ok(())
}

/// For its owner only; never over something that is there.
fn write_private(path: &Path, text: &str) -> Result<()> {
    let mut file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(path)
        .with_context(|| format!("cannot make {}", path.display()))?;
    file.write_all(text.as_bytes())?;
    Ok(file.sync_all()?)
}

/// 32 random bytes in hex.
pub(crate) fn new_secret() -> Result<String> {
    let mut random = [0_u8; 32];
    if getrandom::fill(&mut random).is_err() {
        bail!("the operating system has no random bytes");
    }
    Ok(random.iter().map(|byte| format!("{byte:02x}")).collect())
}

fn text(base_url: &str, data: &Path) -> Result<String> {
    let data = data.to_str().context("the path of the data directory is not UTF-8")?;
    let quoted = |text: &str| toml::Value::from(text).to_string();
    Ok(format!(
        "# See docs/operating.md for everything that can be said here.\n\
         base_url = {}\n\
         data_dir = {}\n\
         secret_file = \"partnerdesk.secret\"\n\
         # Mail is kept and not sent, until a server is named below and this line is deleted.\n\
         keep_mail = true\n\
         \n\
         [http]\n\
         listen = \"127.0.0.1:8080\"\n\
         \n\
         # [smtp]\n\
         # host = \"mail.example.com\"\n\
         # security = \"starttls\"\n\
         # user = \"desk\"\n\
         # password_file = \"smtp.password\"\n",
        quoted(base_url),
        quoted(data),
    ))
}
