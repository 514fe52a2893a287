//! How many licences customers have, and how many somebody has: read whole, and counted on from the reading before.

use std::{collections::BTreeMap, sync::Arc};

use microsoft::licences as theirs;
use store::{
    Tx,
    licences::{self as kept, Licences},
};

use super::{
    State, Trouble, cut,
    look::Ended,
    readings::{LATER, PAGES, Reading},
};

/// The most products of a tenant that are kept.
const PRODUCTS: usize = 1_000;

/// The licences of a customer.
pub(super) async fn of_tenant(of: &Reading<'_>) -> Result<Ended, Trouble> {
    let door = of.session.licences().ok_or(Trouble::NotOffered)?;
    let Some(known) = of.known().await? else { return Ok(Ended::stands(State::Gone, LATER)) };
    if known.cloud != of.connection.cloud {
        return Err(Trouble::NotOffered);
    }
    let mut page = door.list(of.tenant()?).await.map_err(|error| of.trouble(error))?;
    let (mut found, mut unreadable, mut pages) = (BTreeMap::new(), 0, 1);
    loop {
        unreadable += page.unreadable;
        found.extend(page.items.into_iter().map(|one| (cut(&one.product), one)));
        let Some(next) = page.next.take() else { break };
        if pages == PAGES || found.len() >= PRODUCTS {
            unreadable += 1;
            break;
        }
        page = door.next(&next).await.map_err(|error| of.trouble(error))?;
        pages += 1;
    }
    put(of, found, unreadable == 0).await?;
    if unreadable > 0 {
        let detail = format!("{unreadable} of the list could not be read");
        return Ok(Ended { detail, ..Ended::current() });
    }
    Ok(Ended::current())
}

/// Writes them over what was known. Products that a list lacks which was read whole are gone.
async fn put(
    of: &Reading<'_>,
    found: BTreeMap<String, theirs::Licences>,
    whole: bool,
) -> Result<(), Trouble> {
    let (now, unit) = (of.now, Arc::new((of.mirror.tenant.clone(), found)));
    let unit = of.app.store.write::<_, store::Error, _>(of.desk, move |tx: &mut Tx| {
        let unit = unit.clone();
        Box::pin(async move {
            let (tenant, found) = &*unit;
            let before = kept::of_tenant(tx, tenant).await?;
            let before: BTreeMap<&str, &Licences> =
                before.iter().map(|row| (row.product.as_str(), row)).collect();
            for (product, one) in found {
                let row = Licences {
                    tenant: tenant.clone(),
                    product: product.clone(),
                    name: cut(if one.name.is_empty() { &one.part } else { &one.name }),
                    part: cut(&one.part),
                    active: one.active,
                    assigned: one.assigned,
                    unused: None,
                    unused_since: None,
                    read_at: now,
                };
                let known = before.get(product.as_str()).and_then(|row| row.idle());
                let unused = row.counted().unused(known, now);
                let row = Licences {
                    unused: unused.map(|unused| unused.least),
                    unused_since: unused.map(|unused| unused.since),
                    ..row
                };
                kept::put(tx, &row).await?;
            }
            if whole {
                kept::forget(tx, tenant, now).await?;
            }
            Ok(())
        })
    });
    Ok(unit.await?)
}
