package dev.odometer.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Decides which addresses are public, by IANA's registries of special-purpose addresses for IPv4 and IPv6. A NAT64
 * address is public if the IPv4 address in it is. Other IPv6 addresses that embed an IPv4 address are not public.
 */
final class PublicAddresses {

    private static final List<Block> NOT_PUBLIC = Stream.of(
                    // IPv4: this host, private, shared (CGNAT), loopback, link-local with the clouds' metadata,
                    // private.
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    // Protocol assignments, documentation, 6to4 relays, private, benchmarks, documentation twice.
                    "192.0.0.0/24",
                    "192.0.2.0/24",
                    "192.88.99.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "198.51.100.0/24",
                    "203.0.113.0/24",
                    // Multicast; reserved, with broadcast.
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    // IPv6: protocol assignments with Teredo, documentation, 6to4, documentation.
                    "2001::/23",
                    "2001:db8::/32",
                    "2002::/16",
                    "3fff::/20")
            .map(Block::of)
            .toList();

    /**
     * The global unicast addresses. All other IPv6 addresses are loopback, private, link-local or multicast, or embed
     * an IPv4 address.
     */
    private static final Block GLOBAL_UNICAST = Block.of("2000::/3");
    /** The prefix with which networks without IPv4 reach IPv4 addresses (RFC 6052). */
    private static final Block NAT64 = Block.of("64:ff9b::/96");

    private static final int IPV4_BYTES = 4;

    private PublicAddresses() {}

    private record Block(
            @SuppressWarnings("ArrayRecordComponent") byte[] prefix, int bits) {

        static Block of(String cidr) {
            int slash = cidr.indexOf('/');
            return new Block(
                    numeric(cidr.substring(0, slash)).getAddress(),
                    Integer.parseInt(cidr, slash + 1, cidr.length(), 10));
        }

        boolean contains(byte[] address) {
            if (address.length != prefix.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> bit % 8;
                if ((address[bit / 8] & mask) != (prefix[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static InetAddress numeric(String address) {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException(address, impossible);
        }
    }

    static boolean contains(InetAddress address) {
        return contains(address.getAddress());
    }

    private static boolean contains(byte[] address) {
        if (NAT64.contains(address)) {
            return contains(Arrays.copyOfRange(address, address.length - IPV4_BYTES, address.length));
        }
        return (address.length == IPV4_BYTES || GLOBAL_UNICAST.contains(address))
                && NOT_PUBLIC.stream().noneMatch(block -> block.contains(address));
    }
}
