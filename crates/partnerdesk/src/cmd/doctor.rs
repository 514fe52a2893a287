//! `doctor`: the configuration, checked against the real world.

use std::{fs, path::Path, process::ExitCode};

use anyhow::{Context, Result, anyhow};
use app::{App, mailboxes};
use clap::Args;
use jiff::tz::TimeZoneDatabase;
use mail::smtp::Smtp;
use serde_json::json;
use store::{Store, inbox, people};

use crate::{
    Global,
    config::{Config, FILE},
    open::{self, open},
    out,
};

#[derive(Args)]
pub(crate) struct Options {
    /// One JSON object a line
    #[arg(long)]
    json: bool,
}

/// What was found, line by line.
struct Findings {
    json: bool,
    bad: usize,
}

impl Findings {
    /// Says how a check ended; `remedy` is what to do if it is bad.
    fn note<T>(
        &mut self,
        what: &str,
        result: Result<T>,
        fine: impl Fn(&T) -> String,
        remedy: &str,
    ) -> Result<Option<T>> {
        let (state, detail) = match &result {
            Ok(value) => ("ok", fine(value)),
            Err(error) => ("bad", format!("{error:#}")),
        };
        let remedy = if result.is_ok() { "" } else { remedy };
        if self.json {
            out::line(json!({ "check": what, "ok": result.is_ok(), "detail": detail, "remedy": remedy }))?;
        } else {
            out::line(format_args!("{state:<3}  {what}: {detail}"))?;
            if !remedy.is_empty() {
                out::line(format_args!("       → {remedy}"))?;
            }
        }
        self.bad += usize::from(result.is_err());
        Ok(result.ok())
    }
}

/// Checks everything that can be checked. Exit 1 if something is bad.
///
/// # Errors
/// Standard output is gone.
pub(crate) async fn run(global: &Global, options: Options) -> Result<ExitCode> {
    let mut findings = Findings { json: options.json, bad: 0 };
    let file = global.config.as_deref().unwrap_or(Path::new(FILE)).display().to_string();
    let loaded = Config::load(global.config.as_deref());
    let config = findings.note(
        "configuration",
        loaded,
        |_| file.clone(),
        "mend the file, or make one with `partnerdesk init`",
    )?;
    if let Some(config) = config {
        check(&mut findings, &config).await?;
    }
    Ok(if findings.bad == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

async fn check(findings: &mut Findings, config: &Config) -> Result<()> {
    findings.note(
        "secret",
        config.secret().map(drop),
        |()| "readable".into(),
        "make one with `partnerdesk init`; if there was one, restore it from where its copy is kept",
    )?;
    let data = config.data_dir.display().to_string();
    findings.note(
        "data directory",
        can_write(&config.data_dir),
        |()| format!("{data} can be written"),
        "make it, and give it to the user under which Partnerdesk runs",
    )?;
    findings.note(
        "time zones",
        zones(),
        |version| format!("built in, {version}"),
        "this program is damaged: install it anew",
    )?;
    let store = match config.store() {
        Ok(store) => Store::open(&store).await.map_err(anyhow::Error::from),
        Err(error) => Err(error),
    };
    let store = findings.note(
        "database",
        store,
        |_| "reachable, the schema is right, and the role sees one desk at a time".into(),
        "start it, or run `partnerdesk migrate`; on PostgreSQL the role of database.url must be neither superuser nor \
         have BYPASSRLS",
    )?;
    if let Some(store) = store {
        let statements = store.prepare_all().await.map_err(anyhow::Error::from);
        findings.note("statements", statements, |n| format!("{n} understood"), "report this as a bug")?;
    }
    let smtp = match config.smtp() {
        Ok(Some(smtp)) => {
            let host = format!("{}:{}", smtp.host, smtp.port);
            let answer = Smtp::new(smtp).check().await;
            answer.map(|()| host.clone()).map_err(|(trouble, why)| anyhow!("{host}: {trouble:?}: {why}"))
        }
        Ok(None) => Ok("mail is kept and not sent, as configured".into()),
        Err(error) => Err(error),
    };
    findings.note(
        "mail out",
        smtp,
        Clone::clone,
        "check [smtp], and that this machine may reach the server",
    )?;
    if let Ok(app) = open(config).await {
        check_desks(findings, &app).await?;
    }
    Ok(())
}

async fn check_desks(findings: &mut Findings, app: &App) -> Result<()> {
    for desk in open::desks(app).await? {
        let id = desk.id;
        let (boxes, settings) = app
            .store
            .read::<_, store::Error, _>(id, |tx| {
                Box::pin(async move { Ok((inbox::mailboxes(tx).await?, people::settings(tx).await?.0)) })
            })
            .await?;
        let zone = TimeZoneDatabase::bundled().get(&settings.timezone).map_err(anyhow::Error::from);
        findings.note(
            &format!("desk {}", desk.slug),
            zone,
            |_| format!("its time zone is {}", settings.timezone),
            "choose another time zone in the desk's settings",
        )?;
        for mailbox in boxes {
            let what = format!("desk {}: mailbox {}", desk.slug, mailbox.address);
            let health = &mailbox.health.0;
            let state = match mailboxes::source_for(app, id, &mailbox).await {
                Ok(None) => Ok("its mail is handed in".to_owned()),
                Ok(Some(_)) if health["state"] == "failing" => {
                    let text = |key: &str| health[key].as_str().unwrap_or("?").to_owned();
                    Err(anyhow!("{} since {}: {}", text("trouble"), text("at"), text("detail")))
                }
                Ok(Some(source)) => Ok(format!("read from {}", source.host)),
                Err(error) => Err(error.into()),
            };
            findings.note(&what, state, Clone::clone, "check the mailbox in the desk's settings")?;
        }
    }
    Ok(())
}

/// By writing: rights, a read-only mount and a full disk are told apart by the error.
fn can_write(directory: &Path) -> Result<()> {
    let probe = directory.join(format!(".doctor-{}", std::process::id()));
    let wrote = fs::write(&probe, b"?");
    drop(fs::remove_file(&probe));
    wrote.with_context(|| directory.display().to_string())
}

fn zones() -> Result<String> {
    let bundled = TimeZoneDatabase::bundled();
    bundled.get("Europe/Berlin").context("Europe/Berlin is not known")?;
    Ok(format!("{} zones", bundled.available().count()))
}
