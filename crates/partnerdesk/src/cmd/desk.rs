//! `desk`: the partner organisations of this installation.

use anyhow::Result;
use app::desks::{self, NewDesk};
use clap::{Args, Subcommand};
use domain::{lang::Lang, party::DeskKind};
use serde_json::json;

use super::{new_password, password_from_stdin};
use crate::{
    config::Config,
    open::{self, open},
    out,
};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Make a desk and its first Global admin
    Add(New),
    /// Every desk
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
}

/// A desk that is to begin.
#[derive(Args)]
pub(crate) struct New {
    /// Its name in addresses and commands: small letters, digits, hyphens
    #[arg(long, value_name = "NAME")]
    pub(crate) desk: String,
    /// Its name for people [default: the same]
    #[arg(long, value_name = "NAME")]
    desk_name: Option<String>,
    /// direct_bill, indirect_provider, indirect_reseller or supplier
    #[arg(long, default_value = "direct_bill")]
    kind: DeskKind,
    /// Its language, for people of whom none is known: en, sv, de, hu, zh-CN
    #[arg(long, default_value = "en")]
    lang: Lang,
    /// Its time zone, such as Europe/Berlin
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    timezone: String,
    /// The first Global admin's address
    #[arg(long, value_name = "ADDR")]
    pub(crate) admin_email: String,
    /// The first Global admin's name [default: the address]
    #[arg(long, value_name = "NAME")]
    admin_name: Option<String>,
    /// Read the admin's password from standard input, instead of making one and saying it
    #[arg(long)]
    password_stdin: bool,
}

impl New {
    /// Makes it, and says the admin's password if it is new.
    ///
    /// # Errors
    /// What is not acceptable.
    pub(crate) async fn make(self, app: &app::App) -> Result<()> {
        let password = if self.password_stdin { password_from_stdin()? } else { new_password()? };
        let new = NewDesk {
            name: self.desk_name.unwrap_or_else(|| self.desk.clone()),
            slug: self.desk.clone(),
            kind: self.kind,
            lang: self.lang,
            timezone: self.timezone,
            admin_name: self.admin_name.unwrap_or_else(|| self.admin_email.clone()),
            admin_email: self.admin_email.clone(),
            password: Some(password.clone()),
        };
        desks::create(app, new).await?;
        out::line(format_args!("The desk {} is made.", self.desk))?;
        if self.password_stdin {
            out::line(format_args!("Sign in as {}.", self.admin_email))?;
        } else {
            out::line(format_args!(
                "Sign in as {} with the password {password} and change it.",
                self.admin_email
            ))?;
        }
        Ok(())
    }
}

/// Does one of them.
///
/// # Errors
/// As it says.
pub(crate) async fn run(config: Config, command: Command) -> Result<()> {
    let app = open(&config).await?;
    match command {
        Command::Add(new) => new.make(&app).await,
        Command::List { json } => {
            for desk in open::desks(&app).await? {
                if json {
                    out::line(
                        json!({ "id": desk.id, "desk": desk.slug, "name": desk.name, "kind": desk.kind }),
                    )?;
                } else {
                    out::line(format_args!("{:<20}  {:<18}  {}", desk.slug, desk.kind.word(), desk.name))?;
                }
            }
            Ok(())
        }
    }
}
