package dev.odometer.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientAddressTest {

    private static OptionalLong of(String address, int trustedProxies, String... headers) {
        var request = new HttpRequest("GET", "/", null, Headers.of(headers), new byte[0]).from(address);
        return ClientAddress.of(request, trustedProxies);
    }

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7:50000",
        "203.0.113.7, ::ffff:203.0.113.7",
        "203.0.113.7, [::ffff:203.0.113.7]:443",
        "2001:db8:0:1::1, 2001:DB8:0:1:ffff::2",
        "2001:db8:0:1::1, [2001:db8:0:1::9]:443",
        "2001:db8:0:1::1, [2001:db8:0:1::9]",
        "fe80::1, fe80::2%eth0",
        "fe80::1, [fe80::2%1]:80",
        "::1, 0:0:0:0:0:0:0:1",
    })
    void isTheSame(String one, String same) {
        assertThat(ClientAddress.parse(same)).isNotEmpty().isEqualTo(ClientAddress.parse(one));
    }

    @ParameterizedTest
    @CsvSource({"203.0.113.7, 203.0.113.8", "2001:db8:0:1::1, 2001:db8:0:2::1", "0.0.0.1, ::1"})
    void differs(String one, String other) {
        assertThat(ClientAddress.parse(one)).isNotEmpty().isNotEqualTo(ClientAddress.parse(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "unknown",
                "localhost",
                "1.2.3",
                "1.2.3.400",
                "1",
                "cafe",
                ":",
                ":::",
                "1:2",
                "[]",
                "999.1.1.1",
                "[abc]",
                "[12.34]",
                "[cafe.de]"
            })
    void isUnknown(String text) {
        assertThat(ClientAddress.parse(text)).isEmpty();
    }

    @Property
    void isParsedFromAnyText(@ForAll String text) {
        assertThat(ClientAddress.parse(text)).isNotNull();
    }

    @Test
    void isNotReadFromAForgedHeader() {
        assertThat(of("203.0.113.7", 0, "X-Forwarded-For", "198.51.100.1"))
                .isEqualTo(ClientAddress.parse("203.0.113.7"));
    }

    @Test
    void isTheEntryOfTheOutermostTrustedProxy() {
        var expected = ClientAddress.parse("203.0.113.7");

        assertThat(of("10.0.0.1", 1, "X-Forwarded-For", "198.51.100.1,203.0.113.7"))
                .isEqualTo(expected);
        assertThat(of("10.0.0.1", 2, "X-Forwarded-For", "198.51.100.1, 203.0.113.7, 10.0.0.2"))
                .isEqualTo(expected);
        assertThat(of("10.0.0.1", 1, "X-Forwarded-For", "198.51.100.1", "x-forwarded-for", "203.0.113.7"))
                .isEqualTo(expected);
    }

    @Test
    void isThatOfTheConnectionWithoutAnEntryOfTheProxy() {
        var expected = ClientAddress.parse("10.0.0.1");

        assertThat(of("10.0.0.1", 1)).isEqualTo(expected);
        assertThat(of("10.0.0.1", 2, "X-Forwarded-For", "198.51.100.1")).isEqualTo(expected);
        assertThat(of("10.0.0.1", 1, "X-Forwarded-For", "198.51.100.1, unknown"))
                .isEqualTo(expected);
        assertThat(of("10.0.0.1", 1, "X-Forwarded-For", "198.51.100.1,")).isEqualTo(expected);
    }

    @Test
    void isTheLastEntryWhereTheFrontEndAppendsIt() {
        var headers = Headers.of("X-Forwarded-For", "198.51.100.1, 203.0.113.7:4711");
        var request = new HttpRequest("GET", "/", null, headers, new byte[0]);

        assertThat(request.fromLastForwarded().address()).isEqualTo("203.0.113.7:4711");
        assertThat(new HttpRequest("GET", "/", null, Headers.NONE, new byte[0])
                        .fromLastForwarded()
                        .address())
                .isEmpty();
    }
}
