package dev.odometer.door.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The network address of a client: an IPv4 address, or the first 64 bits of an IPv6 address, since one client usually
 * controls a whole /64. Read from a numeric address only, without a look-up of names.
 */
final class ClientAddress {

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    /** An IPv4 address, or an IPv6 address in brackets, with or without a port. */
    private static final Pattern WITH_PORT = Pattern.compile("(?:(" + OCTET + "(?:\\." + OCTET
            + "){3})|\\[([0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,43})(?:%\\w+)?])(?::\\d{1,5})?");

    /** An IPv6 address, with or without a zone. */
    private static final Pattern V6 = Pattern.compile("([0-9A-Fa-f]{0,4}:[0-9A-Fa-f:.]{1,43})(?:%\\w+)?");

    private ClientAddress() {}

    /**
     * The address of a request's client.
     *
     * @param trustedProxies how many proxies append to {@code X-Forwarded-For}; 0 for the address that the platform
     *     reports. What precedes their entries comes from the client and is not read.
     * @return empty if it is unknown
     */
    static OptionalLong of(HttpRequest request, int trustedProxies) {
        OptionalLong forwarded = trustedProxies == 0
                ? OptionalLong.empty()
                : parse(forwarded(request.headers(), trustedProxies).orElse(""));
        return forwarded.isPresent() ? forwarded : parse(request.address());
    }

    /** The nth entry of {@code X-Forwarded-For} from the end. */
    static Optional<String> forwarded(Headers headers, int fromEnd) {
        List<String> entries = headers.joined(FORWARDED_FOR)
                .map(all -> List.of(all.split(",", -1)))
                .orElse(List.of());
        return entries.size() < fromEnd
                ? Optional.empty()
                : Optional.of(entries.get(entries.size() - fromEnd).strip());
    }

    static OptionalLong parse(String text) {
        Matcher withPort = WITH_PORT.matcher(text);
        if (withPort.matches()) {
            return bits(withPort.group(1) == null ? withPort.group(2) : withPort.group(1));
        }
        Matcher v6 = V6.matcher(text);
        return v6.matches() ? bits(v6.group(1)) : OptionalLong.empty();
    }

    /** The patterns exclude names, which would be looked up: a text with a colon is an IPv6 address or an error. */
    private static OptionalLong bits(String numeric) {
        try {
            byte[] address = InetAddress.getByName(numeric).getAddress();
            ByteBuffer bytes = ByteBuffer.wrap(address);
            return OptionalLong.of(address.length == Integer.BYTES ? bytes.getInt() & 0xFFFF_FFFFL : bytes.getLong());
        } catch (UnknownHostException invalid) {
            return OptionalLong.empty();
        }
    }
}
