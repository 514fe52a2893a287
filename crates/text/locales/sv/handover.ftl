# Överlämningar: till leverantörer och andra servicedeskar, och tillbaka.

## What is written to a supplier

package-line = { $label }:
package-service = Tjänst
package-severity = Allvarlighetsgrad
package-steps = Steg som prövats
package-skipped = – { $step } (utelämnat: { $why })
package-files = Filer
package-caller = Svara till
package-original = Kundens egna ord ({ $language }):
package-chase = Kan ni berätta hur långt det här ärendet har kommit? Vår kund väntar på det.
inform-hello = Hej,
inform-text = vi har fått svar på ditt ärende:

## Mails to agents

mail-notice-supplier-subject = [#{ $number }] Nytt från leverantören: { $subject }
mail-notice-supplier-body = Det finns nytt om överlämningen av ärende #{ $number }, ”{ $subject }”.
mail-notice-supplier-late-subject = [#{ $number }] Leverantören är sen: { $subject }
mail-notice-supplier-late-body = Leverantören har inte gjort vad den lovat för ärende #{ $number }, ”{ $subject }”, eller så har ingen tagit emot erbjudandet. Det är dags att fråga.
occasion-supplier = Nytt från en leverantör
occasion-supplier-late = En leverantör är sen

## What the audit log says

deed-handover-move = Överlämning gick vidare
deed-handover-tell = Meddelande till leverantör eller partner
deed-handover-receive = Meddelande från en annan servicedesk mottaget
deed-peer-invite = Servicedesk inbjuden att kopplas
deed-peer-pair = Servicedesk kopplad
deed-peer-change = Kopplad servicedesk ändrad
deed-peer-revoke = Kopplad servicedesk inte längre betrodd
deed-key-change = Ny nyckel för servicedesken

## What can go wrong

problem-handed-over = En leverantör har ärendet eller har erbjudits det. Ta tillbaka det eller vänta på svaret; inget har ändrats.
problem-customer-not-told = Leverantörens svar har kommit och kunden har inte fått veta det. Svara kunden först.
problem-give-back = En annan servicedesk har lämnat över ärendet och väntar på svar. Lämna tillbaka det med ett svar.
escalation-files = Filer som följer med
escalation-files-hint = De skickas som de är: namn i dem tas inte bort.
escalation-files-there = Bifoga de här filerna där:
escalation-file-unseen = { $file } (kunden ser den inte)
escalation-files-by-hand = Filer följer inte med av sig själva: de finns vid meddelandet i historiken, för att bifogas där för hand.
files-coming = På väg från den andra desken: { $names }
files-late = Ännu inte här: { $names }. { $why }; frågas efter igen { $when }.
files-given-up = Kom inte: { $names }. { $why }
files-ask-again = Fråga igen
problem-package-incomplete = Leverantören skulle skicka tillbaka det här: något som den begär saknas. Det du skrev finns kvar.
problem-offering-over = Det här erbjudandet gäller inte längre. Välj en annan väg.
problem-offer-over = Tiden för erbjudandet har gått ut.
problem-not-paired = Leverantörens servicedesk är inte kopplad till er ännu.
problem-partner-waits = Den här servicedesken väntar själv på svaret: ärendet kom därifrån.
problem-no-address = Leverantören har ingen e-postadress.
problem-not-an-invitation = Det här är ingen inbjudan. Klistra in hela texten som den andra servicedesken visade.
problem-not-welcome = Den andra servicedesken känner inte längre till inbjudan. Be om en ny.
problem-not-reached = Den andra servicedesken gick inte att nå. Försök igen senare; inbjudan gäller fortfarande.

## The states of a leg

leg-draft = förbereds
leg-offered = erbjuden
leg-withdrawn = återtagen
leg-accepted = accepterad
leg-declined = avböjd
leg-expired = utgången
leg-in-progress = pågår
leg-returned = besvarad
leg-approved = godkänd
leg-sent-back = skickad tillbaka
leg-closed = avslutad
outcome-solved = löst
outcome-documentation = dokumentation
outcome-known-issue = känt fel
outcome-declined = inte åtaget
outcome-data-missing = uppgifter saknas
came-back-missing = uppgifter saknas: { $what }
came-back-what = Vad som saknades
came-back-judge = Det kom tillbaka på annat sätt
came-back-judge-hint = För er egen räkning av leverantören; den får inte veta det.

## What the history says

event-handover-out = Överlämning till { $with }: { $state }
event-handover-in = Överlämning från { $with }: { $state }
timeline-partner = Partner
event-asked = { $who } frågade hur långt det har kommit

## The panel on a ticket

escalation = Eskalering
escalation-none = inte överlämnat
escalation-hand-over = Lämna över
escalation-way = Till vem, på vilket sätt
escalation-way-units = tar en enhet
escalation-way-due = svar senast { $when }
escalation-way-unknown = för lite är känt för ett råd
escalation-way-unreachable = går inte att nå ännu
escalation-no-way = Ingen leverantör som kan ta det här är inlagd. Lägg in en bland leverantörerna.
escalation-summary = Saken, på leverantörens språk
escalation-blocks = krävs
escalation-missing = Saknas: { $what }
escalation-complete = komplett
escalation-check = Spara och kontrollera
escalation-send = Lämna över nu
escalation-preview = Paketet som det skickas
escalation-hidden = Kundens personer är borttagna ur det.
escalation-until = till
escalation-number = Deras nummer
escalation-open-portal = Kopiera allt och öppna portalen
escalation-copy = Kopiera
escalation-copy-all = Kopiera allt
escalation-filed = Registrerat
escalation-withdraw = Återta
escalation-ask = Fråga hur långt det har kommit
escalation-word = Ett meddelande till { $name }; kunden läser det inte
escalation-tell = Skicka
escalation-answer = Deras svar
escalation-return = Anteckna svaret
escalation-inform = Informera kunden
escalation-approve = Godkänn
escalation-send-back = Skicka tillbaka
escalation-send-back-reason = Varför det inte räcker
escalation-give-back = Lämna tillbaka
escalation-give-back-answer = Ert svar till { $name }
escalation-severity = Allvarlighetsgrad där
escalation-lost = Inte nådd sedan { $since }: { $why }. Nya försök görs av sig självt; inget går förlorat.
escalation-clock = Vem hade det när
escalation-held-here = här
escalation-team = Vår egen tid
escalation-team-used = { $used } av { $target } använt
escalation-team-late = { $used } av { $target } använt: för mycket
escalation-theirs = Leverantörens löfte
escalation-from = Överlämnat av { $name }
escalation-to = Till { $name }

## The list

nav-handovers = Överlämningar
handovers-ours = Väntar på oss
handovers-theirs = Väntar på andra
handovers-empty = Inga överlämningar
handovers-empty-text = Inget erbjuds er och inget av ert är hos andra.
handovers-offer = Erbjudande från { $name }
handovers-accept = Acceptera
handovers-decline = Avböj
handovers-decline-reason = Varför inte
handovers-late = sen
handovers-lost = inte nådd

## Partners

settings-partners = Partner
partners-empty = Ingen servicedesk är kopplad
partners-empty-text = Bjud in en servicedesk eller acceptera en inbjudan, så kan ärenden gå fram och tillbaka.
partners-invite = Bjud in en servicedesk
partners-invite-text = Den som har texten som du får kan koppla sig inom en vecka, en gång. Skicka den på ett sätt som du litar på och jämför fingeravtrycken på telefon.
partners-as = Den hjälper oss som
partners-as-nobody = Den hjälper oss inte
partners-made = Inbjudan
partners-made-text = Den visas en gång.
partners-fingerprint = Fingeravtryck
partners-accept = Acceptera en inbjudan
partners-invitation = Inbjudan
partners-pair = Koppla
partners-revoke = Sluta lita på
partners-revoked = inte längre betrodd
partners-key = Vår nyckel
partners-key-new = Ny nyckel
partners-key-new-text = Kopplade servicedeskar får veta det, undertecknat med den gamla nyckeln. Det som har börjat fortsätter under den gamla.
partners-address = Adress
