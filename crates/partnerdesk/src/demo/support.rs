//! Articles, an incident, and diagnoses that are under way: what stands beside the sample's tickets.

use anyhow::Result;
use app::{Agent, App, articles, diagnosis, incidents};
use domain::{
    article::{Article, Audience, Written},
    lang::Lang,
    ticket::{
        baseline::Finding,
        diagnosis::{Evidence, Verdict},
        kinds::{Kind, Service},
        lifecycle::State,
    },
};
use store::tickets::View;

/// Open tickets of one customer that are questions of how something is done; with one that is resolved they are a signal.
const QUESTIONS: &[&str] = &["Retention label for archived matters", "Shared calendar missing on iPhone"];
/// How many open tickets are half diagnosed.
const BEGUN: usize = 3;

/// Writes it, in the name of a desk's Global admin.
///
/// # Errors
/// The use cases refuse.
pub(super) async fn make(app: &App, admin: &Agent) -> Result<()> {
    for article in written() {
        articles::create(app, admin, article).await?;
    }
    let new = incidents::New {
        service: Service::Microsoft365,
        title: "Exchange Online: mail to some recipients is late".into(),
        started_at: None,
    };
    let incident = incidents::declare(app, admin, new).await?;
    let (lines, _) = app::tickets::list(app, admin, View::Due, None, 100).await?;
    let open = lines.iter().filter(|line| line.kind == Kind::Technical && line.state == State::Open);
    for (place, line) in open.take(BEGUN).enumerate() {
        let known = diagnosis::view(app, admin, line.id).await?;
        let open = known.sheet().open(&known.diagnosis);
        let steps = open.steps.iter().take(2 + place);
        let change = diagnosis::Change {
            steps: steps
                .map(|step| (step.key.clone(), diagnosis::Tick::Done { finding: String::new() }))
                .collect(),
            findings: vec![(Finding::BreakFix, Some("true".into()))],
            evidence: vec![(Evidence::UsersAffected, "12".into())],
            decision: None,
        };
        diagnosis::change(app, admin, line.id, change, None).await?;
        if line.service == Service::Microsoft365 {
            incidents::match_ticket(app, admin, incident, line.id, true).await?;
        }
    }
    let (all, _) = app::tickets::list(app, admin, View::All, None, 200).await?;
    for line in all.iter().filter(|line| QUESTIONS.contains(&line.subject.as_str())) {
        let decide = diagnosis::Decide {
            verdict: Verdict::Inside,
            category: Some("how-to".into()),
            reason: String::new(),
        };
        let change = diagnosis::Change { decision: Some(decide), ..diagnosis::Change::default() };
        diagnosis::change(app, admin, line.id, change, None).await?;
    }
    Ok(())
}

fn written() -> Vec<Article> {
    let text = |(lang, title, body): &(Lang, &str, &str)| {
        (*lang, Written { title: (*title).to_owned(), body: (*body).to_owned() })
    };
    let article = |audience, service, kind, texts: &[(Lang, &str, &str)]| Article {
        audience,
        published: true,
        service,
        kind,
        texts: texts.iter().map(text).collect(),
    };
    vec![
        article(
            Audience::Public,
            Some(Service::Microsoft365),
            Some(Kind::Technical),
            &[
                (
                    Lang::En,
                    "Outlook does not open any more",
                    "1. Close Outlook.\n2. Hold Ctrl and start it again: it asks whether to start in safe mode.\n3. If it \
                     opens, switch the add-ins off one by one until you have found the one that hinders it.",
                ),
                (
                    Lang::Sv,
                    "Outlook öppnas inte längre",
                    "1. Stäng Outlook.\n2. Håll ned Ctrl och starta igen: Outlook frågar om felsäkert läge.\n3. Om det \
                     öppnas, stäng av tilläggen ett efter ett tills du har hittat det som stör.",
                ),
                (
                    Lang::De,
                    "Outlook öffnet sich nicht mehr",
                    "1. Schließen Sie Outlook.\n2. Halten Sie Strg gedrückt und starten Sie es neu: Es fragt nach dem \
                     abgesicherten Modus.\n3. Wenn es sich öffnet, schalten Sie die Add-Ins einzeln aus, bis Sie das \
                     störende gefunden haben.",
                ),
                (
                    Lang::Hu,
                    "Az Outlook már nem nyílik meg",
                    "1. Zárja be az Outlookot.\n2. Tartsa lenyomva a Ctrl billentyűt, és indítsa el újra: rákérdez a \
                     csökkentett módra.\n3. Ha megnyílik, kapcsolja ki egyenként a bővítményeket, amíg meg nem találja, \
                     melyik zavarja.",
                ),
                (
                    Lang::ZhCn,
                    "Outlook 无法再打开",
                    "1. 关闭 Outlook。\n2. 按住 Ctrl 键重新启动：它会询问是否以安全模式启动。\n3. 如果可以打开，请逐个关闭加载项，直到找到造成影响的那一个。",
                ),
            ],
        ),
        article(
            Audience::Internal,
            Some(Service::Azure),
            Some(Kind::Technical),
            &[(
                Lang::En,
                "AllocationFailed: what to try before a request for more capacity",
                "Try another size of the same family, then another zone. Note the region, the size and the correlation id \
                 before you escalate.",
            )],
        ),
    ]
}
