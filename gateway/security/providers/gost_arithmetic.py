"""GOST R 34.10-2012 on numbers: multiply points, sign, verify. Plain Python, not in constant time.

Points travel affine, as `(x, y)`, and are Jacobian inside, so that a multiplication inverts once.
Multiples of a generator come from a table that is made at its first use.
"""

from collections.abc import Callable
from functools import cache

from gateway.security.providers.gost_parameters import Curve

Point = tuple[int, int]
_Jacobian = tuple[int, int, int]
"""Stands for (x / z^2, y / z^3); z is 0 at infinity."""
_INFINITY: _Jacobian = (1, 1, 0)
_WINDOW = 4
_NAF_WIDTH = 5


def is_key(curve: Curve, point: Point) -> bool:
    """Tell whether a point lies on the curve and not in the group of order 4 that two have."""
    x, y = point
    p = curve.p
    if not (0 <= x < p and 0 <= y < p) or (y * y - (x * x + curve.a) * x - curve.b) % p:
        return False
    return _double(curve, _double(curve, (x, y, 1)))[2] != 0


def public_point(curve: Curve, private: int) -> Point:
    """Return the public key of a private one; `0 < private < q`."""
    return _affine(curve, _multiply_generator(curve, private))


def sign(curve: Curve, private: int, digest: bytes, below: Callable[[int], int]) -> bytes:
    """Return `s || r` over a digest; `below(n)` gives a secret random number under `n`."""
    number = _number(curve, digest)
    while True:
        k = 1 + below(curve.q - 1)
        r = _affine(curve, _multiply_generator(curve, k))[0] % curve.q
        s = (r * private + k * number) % curve.q
        if r and s:
            size = curve.bits // 8
            return s.to_bytes(size, "big") + r.to_bytes(size, "big")


def verify(curve: Curve, public: Point, digest: bytes, value: bytes) -> bool:
    """Tell whether `value` is `s || r` over a digest; `public` is a key."""
    size = curve.bits // 8
    if len(value) != 2 * size:
        return False
    q = curve.q
    s, r = int.from_bytes(value[:size], "big"), int.from_bytes(value[size:], "big")
    if not (0 < r < q and 0 < s < q):
        return False
    inverse = pow(_number(curve, digest), -1, q)
    total = _add(
        curve,
        _multiply_generator(curve, s * inverse % q),
        _multiply(curve, -r * inverse % q, public),
    )
    return total[2] != 0 and _affine(curve, total)[0] % q == r


def _number(curve: Curve, digest: bytes) -> int:
    """Return what is signed: the standard reads a digest of RFC 6986 little-endian; never 0."""
    return int.from_bytes(digest, "little") % curve.q or 1


def _multiply_generator(curve: Curve, factor: int) -> _Jacobian:
    total = _INFINITY
    for row in _generator_table(curve):
        digit = factor & (1 << _WINDOW) - 1
        if digit:
            total = _add_affine(curve, total, row[digit - 1])
        factor >>= _WINDOW
    return total


@cache
def _generator_table(curve: Curve) -> list[list[Point]]:
    """Return for each window of a factor all multiples of the generator it can stand for."""
    rows = curve.q.bit_length() // _WINDOW + 1
    width = (1 << _WINDOW) - 1
    multiples: list[_Jacobian] = []
    base: _Jacobian = (curve.x, curve.y, 1)
    for _ in range(rows):
        multiple = base
        for _ in range(width):
            multiples.append(multiple)
            multiple = _add(curve, multiple, base)
        base = multiple
    flat = _all_affine(curve, multiples)
    return [flat[start : start + width] for start in range(0, len(flat), width)]


def _multiply(curve: Curve, factor: int, point: Point) -> _Jacobian:
    """Multiply a key by the non-adjacent form: about one addition for six doublings."""
    twice = _double(curve, (*point, 1))
    odd: list[_Jacobian] = [(*point, 1)]
    for _ in range((1 << _NAF_WIDTH - 2) - 1):
        odd.append(_add(curve, odd[-1], twice))
    multiples = _all_affine(curve, odd)
    total = _INFINITY
    for digit in reversed(_non_adjacent(factor)):
        total = _double(curve, total)
        if digit > 0:
            total = _add_affine(curve, total, multiples[digit >> 1])
        elif digit < 0:
            x, y = multiples[-digit >> 1]
            total = _add_affine(curve, total, (x, -y))
    return total


def _non_adjacent(factor: int) -> list[int]:
    """Return the digits of a factor, lowest first: odd and signed, or 0."""
    digits = []
    full, half = 1 << _NAF_WIDTH, 1 << _NAF_WIDTH - 1
    while factor:
        digit = 0
        if factor & 1:
            digit = factor & full - 1
            if digit >= half:
                digit -= full
            factor -= digit
        digits.append(digit)
        factor >>= 1
    return digits


def _double(curve: Curve, point: _Jacobian) -> _Jacobian:
    x, y, z = point
    p = curve.p
    if not z or not y:
        return _INFINITY
    yy = y * y % p
    s = 4 * x * yy % p
    zz = z * z % p
    # The older curves have a = -3, where one multiplication is saved.
    m = 3 * (x - zz) * (x + zz) % p if curve.a == p - 3 else (3 * x * x + curve.a * zz * zz) % p
    x3 = (m * m - 2 * s) % p
    return x3, (m * (s - x3) - 8 * yy * yy) % p, 2 * y * z % p


def _add_affine(curve: Curve, one: _Jacobian, other: Point) -> _Jacobian:
    x, y, z = one
    if not z:
        return (other[0], other[1] % curve.p, 1)
    p = curve.p
    zz = z * z % p
    h = (other[0] * zz - x) % p
    r = (other[1] * zz * z - y) % p
    if not h:
        return _INFINITY if r else _double(curve, one)
    hh = h * h % p
    hhh = h * hh % p
    v = x * hh % p
    x3 = (r * r - hhh - 2 * v) % p
    return x3, (r * (v - x3) - y * hhh) % p, z * h % p


def _add(curve: Curve, one: _Jacobian, other: _Jacobian) -> _Jacobian:
    if not other[2]:
        return one
    return _add_affine(curve, one, _affine(curve, other))


def _affine(curve: Curve, point: _Jacobian) -> Point:
    return _all_affine(curve, [point])[0]


def _all_affine(curve: Curve, points: list[_Jacobian]) -> list[Point]:
    """Return points, none of them at infinity, with one inversion for all of them."""
    p = curve.p
    products = [1]
    for _, _, z in points:
        products.append(products[-1] * z % p)
    inverse = pow(products.pop(), -1, p)
    affine: list[Point] = []
    for x, y, z in reversed(points):
        own = inverse * products.pop() % p
        inverse = inverse * z % p
        square = own * own % p
        affine.append((x * square % p, y * square * own % p))
    affine.reverse()
    return affine
