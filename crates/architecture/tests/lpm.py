"""Writes lpm.json: route tables, addresses, and the row that wins by Python's ipaddress (the longest prefix; of equal
prefixes the first). An oracle that shares no code with ours. Run: python3 lpm.py > lpm.json"""
import ipaddress
import json
import random

random.seed(20)


def network(v6):
    bits = 128 if v6 else 32
    length = random.choice([0, 8, 9, 12, 16, 20, 22, 24, 25, 28, 31, 32] + ([48, 64, 96, 128] if v6 else []))
    base = random.choice([0x0A << (bits - 8), 0x0A01 << (bits - 16), 0xC0A8 << (bits - 16)])
    value = base | random.getrandbits(bits - 8 if random.random() < 0.5 else bits - 16)
    value = value >> (bits - length) << (bits - length) if length else 0
    kind = ipaddress.IPv6Network if v6 else ipaddress.IPv4Network
    return kind((value, length))


def address_in(net):
    return net.network_address + random.randrange(min(net.num_addresses, 2**64))


cases = []
for number in range(120):
    v6 = number % 4 == 3
    rows = [network(v6) for _ in range(random.randrange(1, 24))]
    rows += random.sample(rows, min(2, len(rows)))
    if number % 7 == 0:
        rows.append(network(not v6))
    addresses = [address_in(random.choice(rows)) for _ in range(16)] + [address_in(network(v6)) for _ in range(4)]
    winners = []
    for address in addresses:
        matching = [(-row.prefixlen, place) for place, row in enumerate(rows) if address.version == row.version and address in row]
        winners.append(min(matching)[1] if matching else None)
    cases.append({"rows": [str(row) for row in rows], "addresses": [str(a) for a in addresses], "winners": winners})

print("[" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "]")
