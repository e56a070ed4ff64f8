import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hostComplaint } from '../../../jobs/out/host-complaint.ts';
import { plainHost } from '../../../jobs/out/plain-host.ts';
import { isInternalAddress, isPublicAddress } from '../../../jobs/out/public-address.ts';

const v4 = (first: number, second: [number, number] = [0, 255]) =>
  fc
    .tuple(
      fc.integer({ min: second[0], max: second[1] }),
      fc.integer({ min: 0, max: 255 }),
      fc.integer({ min: 0, max: 255 }),
    )
    .map((rest) => [first, ...rest].join('.'));

/** Every block of IPv4 that is not a public machine's. */
const INNER_V4 = fc.oneof(
  v4(0),
  v4(10),
  v4(127),
  v4(100, [64, 127]),
  v4(169, [254, 254]),
  v4(172, [16, 31]),
  v4(192, [168, 168]),
  v4(198, [18, 19]),
  fc.integer({ min: 224, max: 255 }).chain((first) => v4(first)),
);

const hexPair = (address: string) => {
  const [a = 0, b = 0, c = 0, d = 0] = address.split('.').map(Number);
  return [a * 256 + b, c * 256 + d].map((part) => part.toString(16)).join(':');
};

/** IPv6 addresses that carry an IPv4 address, or stay inside. */
const INNER_V6 = fc.oneof(
  fc.constantFrom(
    '::',
    '::1',
    'fe80::1',
    'fe80::1%eth0',
    'fc00::1',
    'fd12:3456::1',
    'fec0::1',
    'ff02::1',
    '2001:db8::1',
    '2001::1',
    '5f00::1',
    '100::1',
  ),
  fc
    .tuple(fc.ipV4(), fc.constantFrom('::ffff:', '::', '64:ff9b::', '64:ff9b:1::', '2002:'))
    .map(([inner, before]) =>
      before === '2002:' ? `2002:${hexPair(inner)}::` : before + hexPair(inner),
    ),
);

describe('addresses that may be sent to', () => {
  test('are public ones', () => {
    for (const address of ['8.8.8.8', '1.1.1.1', '2606:4700:4700::1111', '2a00:1450:4001::1'])
      expect([address, isPublicAddress(address)]).toEqual([address, true]);
  });

  test('are none of a private network, this machine, a link, or a group', () => {
    fc.assert(
      fc.property(fc.oneof(INNER_V4, INNER_V6), (address) => {
        expect(isPublicAddress(address)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  test('of a listed host may be inside, but never where machines of a cloud tell their keys', () => {
    for (const address of ['10.0.0.1', '127.0.0.1', '::1', 'fd00::1', '100.64.0.1', '8.8.8.8'])
      expect([address, isInternalAddress(address)]).toEqual([address, true]);
    for (const address of [
      '169.254.169.254',
      'fe80::1',
      '0.0.0.0',
      '::',
      '224.0.0.1',
      '::ffff:10.0.0.1',
      'x',
    ])
      expect([address, isInternalAddress(address)]).toEqual([address, false]);
  });

  test('are known in every disguise', () => {
    const disguises = [
      [
        '2130706433',
        '0x7f000001',
        '017700000001',
        '127.1',
        '0177.0.0.1',
        '0x7f.1',
        '127.0.0.1',
        '[::ffff:127.0.0.1]',
        '[::1]',
        '[::]',
        '[::ffff:7f00:1]',
        '[::7f00:1]',
      ],
      [
        '169.254.169.254',
        '2852039166',
        '0xa9fea9fe',
        '[::ffff:a9fe:a9fe]',
        '[64:ff9b::a9fe:a9fe]',
        '[2002:a9fe:a9fe::]',
        '[fd00:ec2::254]',
      ],
      ['0', '0.0.0.0', '10.1', '192.168.257', '１２７.0.0.1', '127。0。0。1', '127.0.0.1.'],
    ].flat();
    for (const host of disguises)
      expect([host, hostComplaint(host, { internalHosts: [] })]).toEqual([
        host,
        expect.stringContaining('not a public one'),
      ]);
  });

  test('of plain TCP are those of listed hosts alone', () => {
    const rules = { internalHosts: ['siem'], plainTcp: true };

    expect(hostComplaint('SIEM.', rules)).toBeNull();
    expect(hostComplaint('8.8.8.8', rules)).toContain('plain TCP');
  });

  test.each(['a/b', 'user@host', 'host:99', 'a b', '', 'http://x', 'a?b', '-a', 'a\\b'])(
    'are no more than hosts: %j',
    (host) => {
      expect(hostComplaint(host, { internalHosts: [] })).toContain('neither the name');
    },
  );

  test('are written in one way', () => {
    expect(['EXAMPLE.org.', '[FD00::0001]', 'fd00::1', ' siem '].map(plainHost)).toEqual([
      'example.org',
      'fd00::1',
      'fd00::1',
      'siem',
    ]);
  });
});
