import { expect, test } from 'vitest';
import { isInSubnet, networkOf, networkOfHost } from './networks.ts';

test.each([
  ['127.0.0.1', 'loopback'],
  ['127.8.9.1', 'loopback'],
  ['::1', 'loopback'],
  ['::ffff:127.0.0.1', 'loopback'],
  ['0.0.0.0', 'private'],
  ['10.1.2.3', 'private'],
  ['100.64.0.1', 'private'],
  ['169.254.169.254', 'private'],
  ['::ffff:a9fe:a9fe', 'private'],
  ['172.31.255.255', 'private'],
  ['172.32.0.0', 'public'],
  ['192.168.0.1', 'private'],
  ['224.0.0.1', 'private'],
  ['255.255.255.255', 'private'],
  ['fd00:ec2::254', 'private'],
  ['fe80::1', 'private'],
  ['ff02::1', 'private'],
  ['::', 'private'],
  ['64:ff9b::a00:1', 'private'],
  ['8.8.8.8', 'public'],
  ['2001:4860:4860::8888', 'public'],
])('%s is %s', (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test.each([
  ['http://localhost:5000', 'loopback'],
  ['http://localhost.', 'loopback'],
  ['http://x.localhost', 'loopback'],
  ['http://127.1', 'loopback'],
  ['http://2130706433', 'loopback'],
  ['http://[::ffff:7f00:1]', 'loopback'],
  ['http://0', 'private'],
  ['http://mlflow:5000', 'private'],
  ['http://mlflow.ml.svc.cluster.local', 'private'],
  ['http://mlflow.ml.svc', 'private'],
  ['http://nas.local', 'private'],
  ['http://mlflow.example.com', 'public'],
  ['http://svc.example.com', 'public'],
  ['http://8.8.8.8', 'public'],
])('%s is %s', (url, network) => {
  expect(networkOfHost(new URL(url).hostname)).toBe(network);
});

test.each([
  ['10.1.2.3', '10.0.0.0/8', true],
  ['11.1.2.3', '10.0.0.0/8', false],
  ['10.0.0.1', '10.0.0.1/32', true],
  ['fd00::1', 'fd00::/8', true],
  ['10.1.2.3', '10.0.0.0/33', false],
  ['10.1.2.3', '10.0.0.0/x', false],
  ['10.1.2.3', '10.0.0/8', false],
  ['mlflow', '10.0.0.0/8', false],
  ['10.1.2.3', 'fd00::/8', false],
])('%s in %s: %s', (address, subnet, expected) => {
  expect(isInSubnet(address, subnet)).toBe(expected);
});
