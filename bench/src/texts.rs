//! Texts of a support desk in five languages, put together from words of ours.

use domain::lang::Lang;

use crate::random::Random;

/// Stands in ten tickets, however many there are.
pub(crate) const RARE: &str = "Schneckenpost";
/// Stands in about every fifth message in English.
pub(crate) const COMMON: &str = "invoice";
/// Two characters: stands in about every fifth message in Chinese.
pub(crate) const CHINESE: &str = "退款";

const EN: &str = "the we our mailbox user cannot open since yesterday license subscription please help tenant \
    error message shows after update password reset administrator sign customer outlook teams sharepoint azure \
    virtual machine backup restore storage account policy conditional access device sync failed again morning \
    quota exceeded renewal seats quantity price month order domain records verified connector transport rule \
    quarantine delivery delayed external sharing permission denied group owner calendar meeting room report";
const DE: &str = "der wir unser Postfach Benutzer kann nicht öffnen seit gestern Lizenz Abonnement bitte helfen \
    Mandant Fehler Meldung erscheint nach Aktualisierung Kennwort zurücksetzen Administrator Anmeldung Kunde \
    Verlängerung Rechnungsbetrag Sicherung Wiederherstellung Speicherkonto Richtlinie Zugriff Gerät Abgleich \
    fehlgeschlagen wieder Morgen Kontingent überschritten Menge Preis Monat Bestellung Domäne Einträge geprüft \
    Warteschlange Zustellung verzögert Freigabe Berechtigung verweigert Gruppe Besitzer Kalender Besprechung Bericht";
const SV: &str = "den vi vår brevlåda användare kan inte öppna sedan igår licens prenumeration vänligen hjälp \
    klientorganisation fel meddelande visas efter uppdatering lösenord återställ administratör inloggning kund \
    förnyelse belopp säkerhetskopia lagring konto princip åtkomst enhet synkronisering misslyckades igen morgon \
    kvot överskriden antal pris månad beställning domän poster verifierad karantän leverans försenad delning \
    behörighet nekad grupp ägare kalender möte rum rapport";
const HU: &str = "a mi postafiók felhasználó nem tudja megnyitni tegnap óta licenc előfizetés kérem segítség bérlő \
    hiba üzenet látható frissítés után jelszó visszaállítás rendszergazda bejelentkezés ügyfél megújítás összeg \
    mentés tárhely fiók házirend hozzáférés eszköz szinkronizálás sikertelen ismét reggel kvóta túllépve mennyiség \
    ár hónap rendelés tartomány rekordok ellenőrizve karantén kézbesítés késik megosztás engedély megtagadva \
    csoport tulajdonos naptár értekezlet terem jelentés számla";
const ZH: &str = "我们 的 邮箱 用户 无法 打开 昨天 许可证 订阅 请 帮助 租户 错误 消息 显示 更新 之后 密码 重置 管理员 \
    登录 客户 续订 金额 备份 还原 存储 帐户 策略 访问 设备 同步 失败 再次 早上 配额 超出 数量 价格 月份 订单 域名 \
    记录 验证 隔离 传递 延迟 共享 权限 拒绝 组 所有者 日历 会议 房间 报告";

/// A language, as often as desks in the middle of Europe meet it.
pub(crate) fn lang(random: &mut Random) -> Lang {
    match random.below(10) {
        0..4 => Lang::En,
        4..7 => Lang::De,
        7 => Lang::Sv,
        8 => Lang::Hu,
        _ => Lang::ZhCn,
    }
}

/// About so many words; in sentences of a dozen.
pub(crate) fn text(random: &mut Random, lang: Lang, words: usize) -> String {
    let (list, space, stop) = match lang {
        Lang::En => (EN, " ", ". "),
        Lang::De => (DE, " ", ". "),
        Lang::Sv => (SV, " ", ". "),
        Lang::Hu => (HU, " ", ". "),
        Lang::ZhCn => (ZH, "", "。"),
    };
    let list: Vec<&str> = list.split_whitespace().collect();
    let special = match lang {
        Lang::En => random.chance(20).then_some(COMMON),
        Lang::ZhCn => random.chance(20).then_some(CHINESE),
        Lang::De | Lang::Sv | Lang::Hu => None,
    };
    let mut text = String::new();
    for n in 0..words.max(2) {
        if n > 0 {
            text.push_str(if n % 12 == 0 { stop } else { space });
        }
        // Numbers of orders and errors make the vocabulary as large as that of real desks.
        match n {
            1 if special.is_some() => text.push_str(special.unwrap_or_default()),
            _ if random.chance(3) => text.push_str(&(random.next() % 1_000_000).to_string()),
            _ => text.push_str(random.skewed::<&str>(&list)),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_the_same_in_every_run_and_have_the_words_that_are_looked_for() {
        let hundred = |lang| -> Vec<String> {
            let mut random = Random(7);
            (0..100).map(|_| text(&mut random, lang, 40)).collect()
        };
        assert_eq!(hundred(Lang::En), hundred(Lang::En));
        let with = |lang, word: &str| hundred(lang).iter().filter(|text| text.contains(word)).count();
        assert!((10..30).contains(&with(Lang::En, COMMON)), "{}", with(Lang::En, COMMON));
        assert!((10..30).contains(&with(Lang::ZhCn, CHINESE)), "{}", with(Lang::ZhCn, CHINESE));
        assert_eq!(Lang::ALL.iter().map(|lang| with(*lang, RARE)).sum::<usize>(), 0);
    }
}
