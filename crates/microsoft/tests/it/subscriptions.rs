//! Subscriptions: read, and changed by the whole resource.

use domain::subscription::{Era, Status};
use jiff::SignedDuration;
use microsoft::{
    CustomerId, Error, Reason, RequestId,
    subscriptions::{Change, Subscription, Written},
};
use microsoft_sim::{Fault, FaultKind};

use crate::desk::Desk;

async fn find(desk: &Desk, customer: CustomerId, name: &str) -> Subscription {
    let page = desk.at().subscriptions().unwrap().list(customer).await.unwrap();
    assert_eq!((page.unreadable, page.next.is_none()), (0, true));
    page.items.into_iter().find(|one| one.name.contains(name)).unwrap()
}

async fn write(
    desk: &Desk,
    customer: CustomerId,
    one: &Subscription,
    change: Change,
) -> Result<Written, Error> {
    let door = desk.at();
    door.subscriptions().unwrap().patch(customer, one.id, &one.draft(change), RequestId::new()).await
}

fn now(written: Written) -> Subscription {
    match written {
        Written::Now(subscription) => *subscription,
        Written::Later => panic!("it takes its time"),
    }
}

#[tokio::test]
async fn each_era_is_told_from_the_others() {
    let desk = Desk::new().await;
    for (customer, name, era, renews) in [
        ("Bergmann", "Business Premium", Era::NewCommerce, true),
        ("Bergmann", "Azure plan", Era::AzurePlan, true),
        ("Bergmann", "Kranich", Era::Marketplace, true),
        ("Malm", "Office 365 Business", Era::Legacy, true),
        ("Kőrösi", "LTSC", Era::Perpetual, true),
        ("Northgate", "Archiving", Era::NewCommerce, false),
    ] {
        let found = find(&desk, desk.customer(customer).await, name).await;
        assert_eq!(
            (found.era, found.auto_renew, found.status),
            (Some(era), renews, Status::Active),
            "{name}"
        );
        assert_eq!(found.term_ends.is_none(), era == Era::Perpetual, "{name}");
        assert_eq!(found.counted, era != Era::AzurePlan, "{name}");
    }
    let trial = find(&desk, desk.customer("Hafenkontor").await, "Trial").await;
    assert!(trial.trial && trial.era == Some(Era::NewCommerce));
    let (bergmann, door) = (desk.customer("Bergmann").await, desk.at().subscriptions().unwrap());
    let plan = find(&desk, bergmann, "Azure plan").await;
    let azure = door.entitlements(bergmann, plan.id).await.unwrap().items;
    assert_eq!(azure.iter().filter(|one| one.active).count(), 1);
}

#[tokio::test]
async fn a_change_writes_the_whole_and_nothing_else_moves() {
    let desk = Desk::new().await;
    let tisza = desk.customer("Tisza").await;
    let before = find(&desk, tisza, "Office 365 E3").await;
    let more = now(write(&desk, tisza, &before, Change::Quantity(65)).await.unwrap());
    assert_eq!((more.quantity, more.auto_renew, more.term_ends), (65, true, before.term_ends));
    assert_eq!(more.refundable.as_ref().unwrap()[0].quantity, 5);
    let fewer = now(write(&desk, tisza, &more, Change::Schedule(40)).await.unwrap());
    assert_eq!((fewer.quantity, fewer.scheduled, fewer.is_scheduled), (65, Some(40), true));
    // Written back whole, it stays scheduled.
    let renamed = now(write(&desk, tisza, &fewer, Change::Quantity(66)).await.unwrap());
    assert_eq!(renamed.scheduled, Some(40));
    let plain = now(write(&desk, tisza, &renamed, Change::Unschedule).await.unwrap());
    assert_eq!(plain.scheduled, None);
    let off = now(write(&desk, tisza, &plain, Change::AutoRenew(false)).await.unwrap());
    assert!(!off.auto_renew);
    let gone = write(&desk, tisza, &off, Change::Status(Status::Deleted)).await.unwrap_err();
    assert!(matches!(&gone, Error::Refused(no) if no.code == Some(900_117)), "{gone}");
}

#[tokio::test]
async fn what_the_next_term_is_comes_with_the_renewal_and_nothing_goes_meanwhile() {
    let desk = Desk::new().await;
    let kiwi = desk.customer("Kiwi").await;
    let before = find(&desk, kiwi, "Business Standard").await;
    now(write(&desk, kiwi, &before, Change::Schedule(4)).await.unwrap());
    desk.sim.world(|world| world.renewal_takes = SignedDuration::from_hours(3));
    desk.sim.world(|world| world.pass(SignedDuration::from_hours(24 * 5 + 1)));
    let meanwhile = find(&desk, kiwi, "Business Standard").await;
    let busy = write(&desk, kiwi, &meanwhile, Change::Quantity(12)).await.unwrap_err();
    assert_eq!(busy.reason(), Some(Reason::Busy), "{busy}");
    desk.pass(4 * 60 * 60);
    let renewed = find(&desk, kiwi, "Business Standard").await;
    assert_eq!((renewed.quantity, renewed.scheduled), (4, None));
    assert!(renewed.term_ends > before.term_ends && renewed.cancel_until > Some(desk.now()));
}

#[tokio::test]
async fn a_suspension_takes_auto_renew_and_what_was_scheduled() {
    let desk = Desk::new().await;
    let tisza = desk.customer("Tisza").await;
    let before = find(&desk, tisza, "Office 365 E3").await;
    let before = now(write(&desk, tisza, &before, Change::Schedule(40)).await.unwrap());
    let suspended = now(write(&desk, tisza, &before, Change::Status(Status::Suspended)).await.unwrap());
    assert_eq!((suspended.auto_renew, suspended.scheduled), (false, None));
    let no = write(&desk, tisza, &suspended, Change::Quantity(70)).await.unwrap_err();
    assert!(matches!(&no, Error::Refused(no) if no.code == Some(2_001)), "{no}");
    let back = now(write(&desk, tisza, &suspended, Change::Status(Status::Active)).await.unwrap());
    assert_eq!((back.status, back.auto_renew), (Status::Active, false));
}

#[tokio::test]
async fn an_old_etag_is_refused_and_202_is_read_again() {
    let desk = Desk::new().await;
    let malmo = desk.customer("Malm").await;
    let seen = find(&desk, malmo, "Office 365 Business").await;
    now(write(&desk, malmo, &seen, Change::Quantity(13)).await.unwrap());
    let stale = write(&desk, malmo, &seen, Change::Quantity(14)).await.unwrap_err();
    assert_eq!(stale.reason(), Some(Reason::Stale), "{stale}");
    desk.sim.world(|world| world.change_takes = SignedDuration::from_mins(5));
    let seen = find(&desk, malmo, "Office 365 Business").await;
    assert_eq!(write(&desk, malmo, &seen, Change::Quantity(15)).await.unwrap(), Written::Later);
    let busy = write(&desk, malmo, &seen, Change::Quantity(16)).await.unwrap_err();
    assert_eq!(busy.reason(), Some(Reason::Busy), "{busy}");
    assert_eq!(find(&desk, malmo, "Office 365 Business").await.quantity, 13);
    desk.pass(5 * 60);
    assert_eq!(find(&desk, malmo, "Office 365 Business").await.quantity, 15);
}

/// The answer was lost on its way: the same attempt again has no second effect.
#[tokio::test]
async fn the_same_attempt_counts_once() {
    let desk = Desk::new().await;
    let tisza = desk.customer("Tisza").await;
    let seen = find(&desk, tisza, "Office 365 E3").await;
    let (draft, attempt) = (seen.draft(Change::Quantity(61)), RequestId::new());
    let fault = Fault::next(FaultKind::Reset).on("/subscriptions/").after_effect();
    desk.sim.world(|world| world.faults.push(fault));
    let door = desk.at();
    let door = door.subscriptions().unwrap();
    let lost = door.patch(tisza, seen.id, &draft, attempt).await.unwrap_err();
    assert!(lost.keeps_request_id(), "{lost}");
    assert_eq!(now(door.patch(tisza, seen.id, &draft, attempt).await.unwrap()).quantity, 61);
    let records = desk.at().audit().unwrap();
    let day = jiff::civil::date(2026, 3, 2);
    let records = records.list(day, day, Some(tisza), 50).await.unwrap().items;
    assert_eq!(records.iter().filter(|one| one.operation == "update_subscription").count(), 1);
}
