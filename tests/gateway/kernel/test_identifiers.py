import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.kernel import identifiers
from gateway.kernel.verdict import Outcome


def digits(count):
    return st.text("0123456789", min_size=count, max_size=count)


def with_changed_digit(text, place, step):
    changed = str((int(text[place]) + step) % 10)
    return text[:place] + changed + text[place + 1 :]


@pytest.mark.parametrize("inn", ["7706012716", "7706074737", "7707083893", "500100732259"])
def test_a_real_inn_passes(inn):
    assert identifiers.check_inn(inn).passed


@pytest.mark.parametrize("inn", ["7705401341", "8888888004"])
def test_an_inn_of_the_official_samples_with_a_wrong_digit_is_told_the_digit(inn):
    verdict = identifiers.check_inn(inn)

    assert verdict.failed
    assert verdict.where == "цифра 10"


def test_an_inn_of_a_person_is_checked_by_its_eleventh_digit_first():
    assert identifiers.check_inn("500100732359").where == "цифра 11"
    assert identifiers.check_inn("500100732258").where == "цифра 12"


@pytest.mark.parametrize(
    "inn", ["", "770601271", "77060127165", "0000000000", "77O6012716", "٧٧٠٦٠١٢٧١٦"]
)
def test_a_text_that_is_not_an_inn_fails_by_its_form(inn):
    assert identifiers.check_inn(inn).where == "форма"


def test_the_checked_value_is_never_repeated_in_the_verdict():
    assert "7705401341" not in identifiers.check_inn("7705401341").text


@pytest.mark.parametrize("ogrn", ["1027700132195", "304500116000157"])
def test_a_real_ogrn_passes(ogrn):
    assert identifiers.check_ogrn(ogrn).passed


@pytest.mark.parametrize("ogrn", ["7723819340452", "304500116000158", "10277001321951"])
def test_a_wrong_ogrn_fails(ogrn):
    assert identifiers.check_ogrn(ogrn).failed


@pytest.mark.parametrize("snils", ["11223344595", "112-233-445 95", "087-654-303 00"])
def test_a_snils_with_its_number_passes(snils):
    assert identifiers.check_snils(snils).passed


def test_a_snils_with_another_number_is_told_the_expected_one():
    verdict = identifiers.check_snils("112-233-445 96")

    assert verdict.failed
    assert "95" in verdict.text


@pytest.mark.parametrize(
    ("snils", "outcome"),
    [("001-001-998 55", Outcome.UNDEFINED), ("001-001-999 55", Outcome.FAILED)],
)
def test_the_oldest_snils_have_no_check_number(snils, outcome):
    assert identifiers.check_snils(snils).outcome is outcome


def test_a_snils_is_stored_as_eleven_digits():
    assert identifiers.normalize_snils("112-233-445 95") == "11223344595"


@pytest.mark.parametrize("bik", ["044525225", "004525988", "017102101"])
def test_a_bik_of_a_bank_or_the_treasury_passes(bik):
    assert identifiers.check_bik(bik).passed


@pytest.mark.parametrize("bik", ["44525225", "0445252250", "344525225", "04452522A"])
def test_a_text_that_is_not_a_bik_fails(bik):
    assert identifiers.check_bik(bik).failed


@pytest.mark.parametrize(
    ("account", "bik"),
    [
        pytest.param("30101810400000000225", "044525225", id="correspondent account"),
        pytest.param("40101810045250010041", "044525000", id="settlement centre"),
        pytest.param("40102810545370000003", "004525988", id="single treasury account, Moscow"),
        pytest.param("40102810945370000060", "017102101", id="single treasury account, Tyumen"),
    ],
)
def test_a_published_account_of_the_central_bank_has_its_key(account, bik):
    assert identifiers.check_bank_account(account, bik).passed


def test_an_account_in_a_bank_is_keyed_by_the_end_of_its_bik():
    assert identifiers.check_bank_account("40702810438000060473", "044525225").passed
    assert identifiers.check_bank_account("40702810438000060473", "044525226").failed


def test_a_treasury_account_has_no_key_to_check():
    verdict = identifiers.check_bank_account("03100643000000016700", "017102101")

    assert verdict.outcome is Outcome.UNDEFINED


def test_an_account_of_nineteen_digits_fails_by_its_form():
    assert identifiers.check_bank_account("4070281013800000001", "044525225").where == "форма"


def test_an_account_with_a_broken_bik_fails_by_the_bik():
    assert "БИК" in identifiers.check_bank_account("40702810438000060473", "04452522").text


@pytest.mark.parametrize(
    "uin", ["32117072411021588933", "18817072416285972102", "0355431000000000011629713"]
)
def test_a_published_uin_passes(uin):
    assert identifiers.check_uin(uin).passed


@pytest.mark.parametrize("uin", ["32117072411021588934", "3211707241102158893", "x" * 20])
def test_a_wrong_uin_fails(uin):
    assert identifiers.check_uin(uin).failed


def test_a_uin_whose_first_pass_gives_ten_is_weighed_from_three():
    # Its only digit stands tenth: 10 by the first weights, 2 by the second.
    assert identifiers.check_uin("00000000010000000002").passed


def test_a_uin_that_gives_ten_twice_ends_with_zero():
    assert identifiers.check_uin("00000000000000000540").passed


@pytest.mark.parametrize("okpo", ["0003253", "000325370", "0003253A"])
def test_a_text_that_is_not_an_okpo_fails_by_its_form(okpo):
    assert identifiers.check_okpo(okpo).where == "форма"


def test_a_real_okpo_passes():
    assert identifiers.check_okpo("00032537").passed


def test_a_real_okpo_with_another_last_digit_fails():
    assert identifiers.check_okpo("00032538").failed


@pytest.mark.parametrize(
    ("oktmo", "passes"), [("71701000", True), ("71701000001", True), ("717", False)]
)
def test_an_oktmo_is_checked_by_its_form(oktmo, passes):
    assert identifiers.check_oktmo(oktmo).passed is passes


def test_the_first_personal_account_has_ten_digits_and_no_leading_zero():
    assert identifiers.issue_account(0) == "1000000008"


@pytest.mark.parametrize("serial", [-1, identifiers.LAST_ACCOUNT_SERIAL + 1])
def test_a_serial_beyond_ten_digits_is_refused(serial):
    with pytest.raises(ValueError, match=str(serial)):
        identifiers.issue_account(serial)


serials = st.integers(0, identifiers.LAST_ACCOUNT_SERIAL)


@given(serials)
def test_every_issued_account_holds_its_own_check(serial):
    account = identifiers.issue_account(serial)

    assert len(account) == identifiers.ACCOUNT_LENGTH
    assert identifiers.is_account_format(account)
    assert identifiers.check_personal_account(account).passed
    assert identifiers.account_check_digit_holds(account)


@given(st.lists(serials, min_size=2, max_size=2, unique=True))
def test_two_serials_never_share_an_account(pair):
    first, second = map(identifiers.issue_account, pair)

    assert first != second


@given(serials, st.integers(0, 9), st.integers(1, 9))
def test_one_mistyped_digit_of_an_account_is_noticed(serial, place, step):
    mistyped = with_changed_digit(identifiers.issue_account(serial), place, step)

    assert identifiers.check_personal_account(mistyped).failed
    assert not identifiers.account_check_digit_holds(mistyped)


@given(serials, st.integers(0, 8))
def test_two_swapped_neighbours_of_an_account_are_noticed(serial, place):
    account = identifiers.issue_account(serial)
    pair = account[place : place + 2]
    swapped = account[:place] + pair[::-1] + account[place + 2 :]

    blind_spot = pair[0] == pair[1] or {*pair} == {"0", "9"}
    assert identifiers.check_personal_account(swapped).passed is blind_spot


def test_an_account_of_another_length_has_no_check_digit():
    assert identifiers.check_personal_account("123456").outcome is Outcome.UNDEFINED
    assert identifiers.account_check_digit_holds("123456")


@pytest.mark.parametrize("account", ["12345", "1" * 21, "12345a", "123 456", "١٢٣٤٥٦", "123456\n"])
def test_a_text_that_is_not_an_account_fails_by_its_form(account):
    assert not identifiers.is_account_format(account)
    assert identifiers.check_personal_account(account).where == "форма"


def with_right_key(account, bik):
    keyed = [f"{account[:8]}{key}{account[9:]}" for key in range(10)]
    [right] = [one for one in keyed if identifiers.check_bank_account(one, bik).passed]
    return right


@given(digits(18), st.integers(1, 19), st.integers(1, 9))
def test_one_mistyped_digit_of_a_bank_account_is_noticed(tail, place, step):
    bik = "044525225"
    account = with_right_key(f"47{tail}", bik)

    assert identifiers.check_bank_account(with_changed_digit(account, place, step), bik).failed


@given(st.integers(1_001_999, 999_999_999))
def test_exactly_one_check_number_fits_a_snils(number):
    fits = [c for c in range(100) if identifiers.check_snils(f"{number:09}{c:02}").passed]

    assert len(fits) == 1


@given(st.sampled_from([10, 12]).flatmap(digits))
def test_every_inn_is_right_with_at_most_one_last_digit(inn):
    fits = [d for d in range(10) if identifiers.check_inn(f"{inn[:-1]}{d}").passed]

    assert len(fits) <= 1


@given(st.sampled_from([13, 15]).flatmap(digits))
def test_every_ogrn_is_right_with_exactly_one_last_digit(ogrn):
    fits = [d for d in range(10) if identifiers.check_ogrn(f"{ogrn[:-1]}{d}").passed]

    assert len(fits) == 1


@given(st.sampled_from([20, 25]).flatmap(digits))
def test_every_uin_is_right_with_exactly_one_last_digit(uin):
    fits = [d for d in range(10) if identifiers.check_uin(f"{uin[:-1]}{d}").passed]

    assert len(fits) == 1


@pytest.mark.parametrize(
    "check",
    [
        identifiers.check_inn,
        identifiers.check_ogrn,
        identifiers.check_snils,
        identifiers.check_bik,
        identifiers.check_uin,
        identifiers.check_okpo,
        identifiers.check_oktmo,
        identifiers.check_personal_account,
    ],
)
@given(text=st.text(max_size=30))
def test_no_text_breaks_a_check(check, text):
    assert check(text).outcome in Outcome
