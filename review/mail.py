"""A daily mail of what is due, sent over SMTP to whoever may see to it: references and what to do, no word of a paper.

What goes wrong is a value with a sentence, one for each address: the others still get theirs.
"""

from __future__ import annotations

import fcntl
import os
import smtplib
import ssl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from pathlib import Path

from sqlalchemy import select

from review import audit
from review.agenda import Task
from review.clock import Clock, MailSettings
from review.errors import RegisterError
from review.office import now
from review.people import find
from review.register import Register
from review.roles import ROLES, may
from review.tables import log

SENT = "mail-sent"  # what the log calls it; it names the day, and of the address only the digest
PASSWORD = "PARTONE_MAIL_PASSWORD"  # noqa: S105  # the name of the variable, not a password
SECONDS = 30
THIS_MACHINE = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True)
class Posted:
    """What came of one address: sent, or why not. `failed`: somebody must see to it."""

    to: str
    sent: bool
    why: str
    failed: bool = False


def send_digest(
    register: Register, tasks: Sequence[Task], clock: Clock, day: date, *, again: bool = False
) -> tuple[Posted, ...]:
    """Send everybody who is set to get it what is due and theirs to see to; once a day, unless `again` says so."""
    mail = clock.mail
    if mail is None:
        raise RegisterError("No mail server is set: desk.toml needs a table [mail] with host, from and to.")
    with _alone(register.home):
        done = () if again else _sent_on(register, day)
        told, faults = _addressed(register, mail, tasks)
        return (*faults, *(_post(register, mail, clock, day, done, to, theirs) for to, theirs in told.items()))


def message(mail: MailSettings, to: str, tasks: Sequence[Task], clock: Clock, day: date) -> EmailMessage:
    """The mail to one address. Its subject is counts alone, because subjects are shown on locked screens."""
    overdue = [task for task in tasks if task.due.overdue]
    written = EmailMessage()
    written["From"], written["To"] = mail.from_, to
    written["Subject"] = f"Decision papers: {len(overdue)} overdue, {len(tasks) - len(overdue)} due soon"
    written["Date"] = format_datetime(now())
    written["Message-ID"] = make_msgid(domain=mail.from_.rpartition("@")[2])
    written["Auto-Submitted"] = "auto-generated"
    lines = [f"What is due on {day.day} {day:%B %Y}, overdue first.", ""]
    for task in tasks:
        lines += [f"{'OVERDUE  ' if task.due.overdue else ''}{_plain(task.name)}", f"  {_plain(task.due.why)}"]
        lines += [f"  {link}"] if (link := task.link(clock)) else []
        lines += [""]
    lines += ["This mail has no text of any paper. Answer at the desk, not to this address."]
    written.set_content("\n".join(lines) + "\n")
    return written


def _addressed(
    register: Register, mail: MailSettings, tasks: Sequence[Task]
) -> tuple[dict[str, tuple[Task, ...]], tuple[Posted, ...]]:
    """Each address once, with all that its people may see to; and of whom nobody knows, a sentence each."""
    told: dict[str, tuple[Task, ...]] = {}
    faults = []
    for whom, addresses in mail.to.items():
        theirs = _theirs(register, whom, tasks)
        if isinstance(theirs, str):
            faults.append(Posted(whom, sent=False, why=theirs, failed=True))
            continue
        for address in addresses:
            both = {*told.get(address, ()), *theirs}
            told[address] = tuple(task for task in tasks if task in both)
    return told, tuple(faults)


def _theirs(register: Register, whom: str, tasks: Sequence[Task]) -> tuple[Task, ...] | str:
    """What a role, or a person by their role, may see to; a sentence where nobody goes by that name."""
    role = next((role for role in ROLES if role == whom), None)
    if role is None:
        try:
            person = find(register, whom)
        except RegisterError as unknown:
            return str(unknown)
        if person.closed_at is not None:
            return f"The account of {person.name} is closed; take them out of [mail.to]."
        role = person.role
    return tuple(task for task in tasks if may(role, task.due.act))


def _post(
    register: Register,
    mail: MailSettings,
    clock: Clock,
    day: date,
    done: Iterable[str],
    to: str,
    tasks: tuple[Task, ...],
) -> Posted:
    if not tasks:
        return Posted(to, sent=False, why="Nothing is due for them.")
    if audit.digest_of(to) in done:
        return Posted(to, sent=False, why="It was sent today already; --again sends it once more.")
    if fault := _deliver(mail, message(mail, to, tasks, clock, day)):
        return Posted(to, sent=False, why=fault, failed=True)
    with register.writing() as connection:
        audit.append(connection, SENT, {"day": day.isoformat(), "to_digest": audit.digest_of(to)})
    return Posted(to, sent=True, why=f"{len(tasks)} due." if len(tasks) > 1 else "1 due.")


def _deliver(mail: MailSettings, written: EmailMessage) -> str | None:
    """Hand a mail to the server; a sentence where it does not take it. Only on loopback does one go in the clear."""
    if mail.security == "none" and mail.host not in THIS_MACHINE:
        return "Mail without encryption goes to this machine alone. Set security to starttls or tls."
    try:
        with _connected(mail) as server:
            if mail.user is not None:
                server.login(mail.user, _password(mail))
            server.send_message(written)
    except smtplib.SMTPAuthenticationError:
        return f"{mail.host} does not take the name and password that are set."
    except smtplib.SMTPNotSupportedError:
        return f"{mail.host} offers no encryption, or no sign-in, so nothing was sent to it."
    except smtplib.SMTPRecipientsRefused:
        return f"{mail.host} does not take mail for this address."
    except smtplib.SMTPResponseException as refused:
        return f"{mail.host} refused the mail (code {refused.smtp_code})."
    except ssl.SSLError:
        return (
            f"{mail.host} shows a certificate that this machine does not trust, or speaks no TLS on port {mail.port}."
        )
    except OSError as fault:  # of which smtplib's own are kinds
        return f"{mail.host} could not be reached on port {mail.port} ({fault.strerror or 'it gave no answer'})."
    except RegisterError as fault:
        return str(fault)
    return None


def _connected(mail: MailSettings) -> smtplib.SMTP:
    if mail.security == "none":
        return smtplib.SMTP(mail.host, mail.port, timeout=SECONDS)
    trust = ssl.create_default_context(cafile=mail.authority_file)
    if mail.security == "tls":
        return smtplib.SMTP_SSL(mail.host, mail.port, timeout=SECONDS, context=trust)
    server = smtplib.SMTP(mail.host, mail.port, timeout=SECONDS)
    try:
        server.starttls(context=trust)
    except BaseException:
        server.close()
        raise
    return server


def _password(mail: MailSettings) -> str:
    if mail.password_file is None:
        if PASSWORD not in os.environ:
            raise RegisterError(f"No password is set: name a password_file in [mail], or set {PASSWORD}.")
        return os.environ[PASSWORD]
    try:
        return mail.password_file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError):
        raise RegisterError("The password_file that [mail] names cannot be read.") from None


def _sent_on(register: Register, day: date) -> frozenset[str]:
    """The digests of the addresses that were sent theirs on a day."""
    begins = audit.canonical({"day": day.isoformat()}).rstrip("}")
    with register.reading() as connection:
        bodies = connection.execute(select(log.c.body).where(log.c.what == SENT, log.c.body.startswith(begins)))
        return frozenset(body.partition('"to_digest":"')[2][:64] for body in bodies.scalars())


@contextmanager
def _alone(home: Path) -> Iterator[None]:
    """One sender at a time in a home, so that two timers do not both send."""
    with (home / "mail.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _plain(words: str) -> str:
    """Words on one line, without what a mail program could take for anything but words."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())
