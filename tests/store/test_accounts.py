"""Signing in: who is unknown looks like who is wrong, tries are counted, sessions are hashed and come to an end."""

import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text

from tests.story import Office
from workflows.domain.errors import InvalidInput, NotFound, PasswordTooShort
from workflows.domain.person import Person
from workflows.operations import accounts
from workflows.operations.accounts import SignInRefused, Throttled
from workflows.queries.accounts import IDLE, LONGEST, actor_of, demo_people
from workflows.store.accounts import ADDRESS_TRIES, TRIES, WINDOW, digest

PASSWORD = "một mật khẩu dài"
AGENT = "Mozilla/5.0"


LAN = Person("lan", "Nguyễn Thị Lan", unit="vp_so", groups=("office",))


@pytest.fixture(scope="module")
def employed(shared_office: Office) -> Office:
    """One office for all these tests, with somebody who has a password."""
    accounts.add_person(shared_office.db, replace(LAN, password=PASSWORD))
    return shared_office


@pytest.fixture
def office(employed: Office) -> Office:
    """Nobody is signed in, no try is counted, everybody is as they were."""
    with employed.tables() as tx:
        tx.execute(text("delete from web_session"))
        tx.execute(text("delete from sign_in_attempt"))
        tx.execute(text("update account set active = true"))
    accounts.add_person(employed.db, LAN)
    return employed


@pytest.fixture
def lan(office: Office) -> str:
    """Somebody with a password."""
    return office.person(LAN.login).login


def signs_in(office: Office, login: str, password: str = PASSWORD, address: str = "192.0.2.1") -> str:
    """Somebody tries to sign in."""
    return accounts.sign_in(office.db, login, password, address, AGENT)


def failed(office: Office, login: str, times: int, address: str = "192.0.2.1") -> None:
    """Somebody has tried in vain."""
    row = text("insert into sign_in_attempt (login, address, at, succeeded) values (:login, :address, now(), false)")
    with office.tables() as tx:
        tx.execute(row, [{"login": login.format(place), "address": address} for place in range(times)])


def time_passes(office: Office, column: str, span: timedelta) -> None:
    """The real time at which something happened is set back."""
    table = "sign_in_attempt" if column == "at" else "web_session"
    with office.tables() as tx:
        tx.execute(text(f"update {table} set {column} = {column} - cast(:span as interval)"), {"span": span})


def test_the_right_password_opens_a_session(office: Office, lan: str) -> None:
    actor = actor_of(office.db, signs_in(office, lan))

    assert actor is not None
    assert (actor.login, actor.name, actor.unit_name) == (lan, "Nguyễn Thị Lan", "Văn phòng Sở")
    assert actor.groups == {"office"}
    assert actor.may("round.open")


@pytest.mark.parametrize(("login", "password"), [("lan", "sai"), ("khong_co", PASSWORD), ("lan", ""), ("don_vi_a", "")])
def test_a_wrong_name_and_a_wrong_password_are_refused_in_the_same_words(
    office: Office, lan: str, login: str, password: str
) -> None:
    with pytest.raises(SignInRefused) as refused:
        signs_in(office, login, password)

    assert str(refused.value) == "The name or the password is not right."
    assert lan


def test_a_password_is_kept_as_argon2id_only(office: Office, lan: str) -> None:
    kept = office.asks("select password from account where login = :login", login=lan)

    assert kept.startswith("$argon2id$")
    assert PASSWORD not in kept


@pytest.mark.parametrize("password", ["", "ngắn", "x" * 11])
def test_a_short_password_is_not_taken(office: Office, password: str) -> None:
    with pytest.raises(PasswordTooShort):
        accounts.add_person(office.db, Person("mai", "Mai", password=password))


def test_a_person_is_entered_into_a_unit_that_exists(office: Office) -> None:
    with pytest.raises(NotFound, match="nowhere"):
        accounts.add_person(office.db, Person("mai", "Mai", unit="nowhere"))


def test_who_is_changed_keeps_the_password_unless_a_new_one_is_given(office: Office, lan: str) -> None:
    accounts.add_person(office.db, Person(lan, "Nguyễn Thị Lan", title="Chuyên viên chính", groups=("office_head",)))

    actor = actor_of(office.db, signs_in(office, lan))
    assert actor is not None
    assert actor.title == "Chuyên viên chính"
    assert actor.groups == {"office_head"}


def test_who_has_left_neither_signs_in_nor_stays(office: Office, lan: str) -> None:
    token = signs_in(office, lan)
    with office.tables() as tx:
        tx.execute(text("update account set active = false where login = :login"), {"login": lan})

    assert actor_of(office.db, token) is None
    with pytest.raises(SignInRefused):
        signs_in(office, lan)


def test_after_five_wrong_tries_an_account_waits_also_with_the_right_password(office: Office, lan: str) -> None:
    for _ in range(TRIES):
        with pytest.raises(SignInRefused):
            signs_in(office, lan, "sai")

    with pytest.raises(Throttled, match=r"Wait 1[56] minutes"):
        signs_in(office, lan)
    time_passes(office, "at", WINDOW)
    assert signs_in(office, lan)


def test_trying_again_while_waiting_does_not_make_the_wait_longer(office: Office, lan: str) -> None:
    failed(office, lan, TRIES)
    time_passes(office, "at", timedelta(minutes=14))

    with pytest.raises(Throttled, match=r"Wait [12] minutes"):
        signs_in(office, lan)
    with pytest.raises(Throttled, match=r"Wait [12] minutes"):
        signs_in(office, lan)
    time_passes(office, "at", timedelta(minutes=1))
    assert signs_in(office, lan)


def test_the_wrong_tries_of_one_do_not_stop_another(office: Office, lan: str) -> None:
    failed(office, "don_vi_a", TRIES, "192.0.2.9")

    assert signs_in(office, lan)


def test_an_address_that_tries_many_names_waits(office: Office, lan: str) -> None:
    failed(office, "name{}", ADDRESS_TRIES)

    with pytest.raises(Throttled):
        signs_in(office, lan)
    assert signs_in(office, lan, address="192.0.2.2")


def test_a_session_is_kept_by_the_hash_of_its_token(office: Office, lan: str) -> None:
    token = signs_in(office, lan)

    assert office.asks("select token from web_session") == hashlib.sha256(token.encode()).digest()
    assert actor_of(office.db, digest(token).hex()) is None
    assert actor_of(office.db, "") is None


def test_a_session_ends_at_once_when_it_is_signed_out(office: Office, lan: str) -> None:
    kept, ended = signs_in(office, lan), signs_in(office, lan)

    accounts.sign_out(office.db, ended)

    assert actor_of(office.db, ended) is None
    assert actor_of(office.db, kept) is not None


def test_a_session_that_idles_is_over_and_one_that_is_used_is_not(office: Office, lan: str) -> None:
    token = signs_in(office, lan)
    for _ in range(3):
        time_passes(office, "seen_at", IDLE - timedelta(minutes=1))
        assert actor_of(office.db, token) is not None

    time_passes(office, "seen_at", IDLE)
    assert actor_of(office.db, token) is None


def test_no_session_is_older_than_half_a_day_however_much_it_is_used(office: Office, lan: str) -> None:
    token = signs_in(office, lan)

    time_passes(office, "created_at", LONGEST)

    assert actor_of(office.db, token) is None


def test_the_role_door_is_for_the_fictional_people_of_a_demo_only(office: Office, lan: str) -> None:
    assert actor_of(office.db, accounts.sign_in_as(office.db, "giam_doc", "192.0.2.1", AGENT)) is not None
    assert lan not in {person.login for person in demo_people(office.db)}

    for login in (lan, "khong_co"):
        with pytest.raises(SignInRefused):
            accounts.sign_in_as(office.db, login, "192.0.2.1", AGENT)
    with office.tables() as tx:
        tx.execute(text("update clock set kind = 'real'"))
    with pytest.raises(SignInRefused):
        accounts.sign_in_as(office.db, "giam_doc", "192.0.2.1", AGENT)
    assert demo_people(office.db) == ()
    with office.tables() as tx:
        tx.execute(text("update clock set kind = 'demo'"))


def test_a_language_is_one_of_two(office: Office, lan: str) -> None:
    actor = actor_of(office.db, signs_in(office, lan))
    assert actor is not None

    accounts.set_locale(office.db, actor, "en")
    with pytest.raises(InvalidInput):
        accounts.set_locale(office.db, actor, "fr")

    assert office.asks("select locale from account where login = :login", login=lan) == "en"
