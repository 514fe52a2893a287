//! A mailbox that is read as an application: its tokens come from Microsoft and are renewed.

use app::{
    Error,
    mailboxes::{self, Application, Auth, Security, Settings, Source},
};
use domain::{
    cloud::Cloud,
    id::MailboxId,
    ticket::kinds::{Kind, Service},
};
use jiff::SignedDuration;
use mail::{
    imap::ImapAuth,
    peer::{Freshness, TokenSource},
};
use store::inbox;
use testkit::on_both;

use super::Connected;

fn settings(at: &Connected, secret: &str) -> Settings {
    let (tenant, application) = at.sim.world(|world| {
        let (tenant, application, _) = world.credentials();
        (tenant, application)
    });
    Settings {
        name: "Help".into(),
        kind: Kind::Technical,
        service: Service::Microsoft365,
        source: Some(Source {
            host: "127.0.0.1".into(),
            port: 993,
            security: Security::Tls,
            auth: Auth::Application,
            user: "help@nordwind.example".into(),
            folder: "INBOX".into(),
            application: Some(Application { cloud: Cloud::Commercial, tenant, id: application }),
        }),
        secret: Some(secret.into()),
    }
}

/// Where the worker's connection takes its tokens from.
async fn tokens(at: &Connected, id: MailboxId) -> TokenSource {
    let app = &at.desk.app;
    let unit = app.store.read::<_, store::Error, _>(at.desk.desk, move |tx| Box::pin(inbox::mailbox(tx, id)));
    let mailbox = unit.await.unwrap().unwrap();
    match mailboxes::source_for(app, at.desk.desk, &mailbox).await.unwrap().unwrap().auth {
        ImapAuth::XOAuth2 { user, token } if user == "help@nordwind.example" => token,
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn tokens_are_bought_kept_and_renewed(db) {
        let at = Connected::apart(db, Cloud::Commercial).await;
        let secret = at.sim.world(|world| world.credentials().2.to_owned());
        let id = mailboxes::add(&at.desk.app, &at.desk.admin, "cloud@nordwind.test", settings(&at, &secret));
        let id = id.await.unwrap();
        let source = tokens(&at, id).await;
        let token = async |freshness| source.token(freshness).await.unwrap().reveal().to_owned();

        let first = token(Freshness::Any).await;
        at.pass(SignedDuration::from_mins(50)).await;
        assert_eq!(token(Freshness::Any).await, first, "a token that still holds is used again");
        at.pass(SignedDuration::from_mins(6)).await;
        let second = token(Freshness::Any).await;
        assert_ne!(second, first, "renewed before it ends");
        at.pass(SignedDuration::from_secs(1)).await;
        assert_ne!(token(Freshness::New).await, second, "a server refused it");
    }

    async fn a_secret_that_is_worth_nothing_is_said_in_microsofts_words(db) {
        let at = Connected::apart(db, Cloud::Commercial).await;
        let id = mailboxes::add(&at.desk.app, &at.desk.admin, "cloud@nordwind.test", settings(&at, "lapsed"));
        let source = tokens(&at, id.await.unwrap()).await;
        let why = source.token(Freshness::Any).await.unwrap_err();
        assert!(why.contains("Invalid client secret"), "{why}");
    }

    async fn it_must_be_said_which_application(db) {
        let at = Connected::apart(db, Cloud::Commercial).await;
        let mut settings = settings(&at, "secret");
        settings.source.as_mut().unwrap().application = None;
        let refused = mailboxes::add(&at.desk.app, &at.desk.admin, "cloud@nordwind.test", settings).await;
        assert!(matches!(refused, Err(Error::Invalid { field: "application", .. })), "{refused:?}");
    }
}
