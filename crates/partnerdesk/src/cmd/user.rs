//! `user`: agents, when nobody can sign in to manage them.

use anyhow::Result;
use app::{operator, people::Invitation};
use clap::Subcommand;
use domain::{access::Role, lang::Lang};

use super::{new_password, password_from_stdin};
use crate::{
    config::Config,
    open::{self, open},
    out,
};

#[derive(Subcommand)]
pub(crate) enum Command {
    /// Add an agent
    Add {
        /// The address, to sign in too
        email: String,
        /// The desk [default: the only one]
        #[arg(long, value_name = "NAME")]
        desk: Option<String>,
        /// The name that customers read [default: the address]
        #[arg(long)]
        name: Option<String>,
        /// global_admin, admin_agent, helpdesk_agent, billing_admin, sales_agent or user_management_admin; may be
        /// repeated
        #[arg(long = "role", required = true)]
        roles: Vec<Role>,
        /// The language of the agent's pages
        #[arg(long, default_value = "en")]
        lang: Lang,
        /// The zone of the times on them
        #[arg(long, value_name = "ZONE", default_value = "UTC")]
        timezone: String,
        /// Read the password from standard input, instead of making one and saying it
        #[arg(long)]
        password_stdin: bool,
    },
    /// Give somebody another password, and end all sessions of this person
    Password {
        /// The address
        email: String,
        /// Read the password from standard input, instead of making one and saying it
        #[arg(long)]
        password_stdin: bool,
    },
    /// End an agent's access to a desk
    Disable {
        /// The address
        email: String,
        /// The desk [default: the only one]
        #[arg(long, value_name = "NAME")]
        desk: Option<String>,
    },
}

/// Does one of them.
///
/// # Errors
/// As it says.
pub(crate) async fn run(config: Config, command: Command) -> Result<()> {
    let app = open(&config).await?;
    match command {
        Command::Add { email, desk, name, roles, lang, timezone, password_stdin } => {
            let desk = open::desk(&app, desk.as_deref()).await?;
            let password = password(password_stdin)?;
            let name = name.unwrap_or_else(|| email.clone());
            let new = Invitation { name, email: email.clone(), roles, lang, timezone };
            operator::add_agent(&app, desk, &new, &password).await?;
            say(&email, "is added", password_stdin, &password)
        }
        Command::Password { email, password_stdin } => {
            let password = password(password_stdin)?;
            operator::set_password(&app, &email, &password).await?;
            say(&email, "has another password", password_stdin, &password)
        }
        Command::Disable { email, desk } => {
            let desk = open::desk(&app, desk.as_deref()).await?;
            operator::disable(&app, desk, &email).await?;
            Ok(out::line(format_args!("{email} is signed out, and cannot sign in to this desk."))?)
        }
    }
}

fn password(from_stdin: bool) -> Result<String> {
    if from_stdin { password_from_stdin() } else { new_password() }
}

fn say(email: &str, what: &str, is_known: bool, password: &str) -> Result<()> {
    if is_known {
        out::line(format_args!("{email} {what}."))?;
    } else {
        out::line(format_args!("{email} {what}: {password}"))?;
    }
    Ok(())
}
