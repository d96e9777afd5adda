package dev.odometer.door.http;

import static dev.odometer.door.Doors.detail;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.Doors;
import dev.odometer.door.Probes;
import dev.odometer.functions.digest.Sha256;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

class AddressLimitTest {

    private static ConfigurableApplicationContext application;
    private static HttpDoor door;

    @BeforeAll
    static void start() {
        application = Doors.start(
                Probes.class,
                "odometer.api-keys=" + new Sha256().add("right").hex(),
                "odometer.rate-limit.address=2",
                "odometer.rate-limit.portal=0",
                "odometer.http.trusted-proxies=1");
        door = application.getBean(HttpDoor.class);
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    private static HttpRequest request(String address, String path, String key) {
        return Doors.request("GET", path, new byte[0], "Authorization", "Bearer " + key)
                .from(address);
    }

    /** Repeats a request until the address is beyond the limit. */
    private static HttpReply exhausted(HttpRequest request) {
        HttpReply reply = door.handle(request);
        for (int i = 0; i < 1000 && reply.status() != 429; i++) {
            reply = door.handle(request);
        }
        return reply;
    }

    @Test
    void includesAttemptsToGuessAKey() {
        HttpReply first = door.handle(request("203.0.113.1", "/things/a", "wrong"));
        HttpReply reply = exhausted(request("203.0.113.1", "/things/a", "wrong"));

        assertThat(first.status()).isEqualTo(401);
        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.headers().first("Retry-After")).contains("1");
        assertThat(detail(reply)).isEqualTo("rate limit exceeded: at most 2 requests per second for this address");
    }

    @Test
    void includesRequestsWithAKeyAndUnknownPaths() {
        exhausted(request("203.0.113.2", "/nowhere", "right"));

        assertThat(door.handle(request("203.0.113.2", "/things/a", "right")).status())
                .isEqualTo(429);
        assertThat(door.handle(request("203.0.113.3", "/things/a", "right")).status())
                .isEqualTo(200);
    }

    @Test
    void appliesBeforeTheBodyIsRead() {
        var request = request("203.0.113.4", "/things/a", "right");
        assertThat(door.refusal(request)).isEmpty();

        exhausted(request);

        assertThat(door.refusal(request)).get().returns(429, HttpReply::status);
    }

    @Test
    void doesNotCountBeforeTheBodyIsRead() {
        var request = request("203.0.113.5", "/things/a", "right");

        assertThat(IntStream.range(0, 1000).allMatch(i -> door.refusal(request).isEmpty()))
                .isTrue();
    }

    @Test
    void appliesToTheNetworkOfAnIpv6Address() {
        exhausted(request("2001:db8:0:1::1", "/things/a", "right"));

        assertThat(door.handle(request("2001:db8:0:1::2", "/things/a", "right")).status())
                .isEqualTo(429);
        assertThat(door.handle(request("2001:db8:0:2::1", "/things/a", "right")).status())
                .isEqualTo(200);
    }

    @Test
    void isNotEvadedByForgedEntries() {
        HttpReply reply = door.handle(forged(0));
        for (int i = 1; i < 1000 && reply.status() != 429; i++) {
            reply = door.handle(forged(i));
        }

        assertThat(reply.status()).isEqualTo(429);
    }

    private static HttpRequest forged(int number) {
        String forwarded = "198.51.100." + number % 256 + ", 203.0.113.6";
        return Doors.request(
                        "GET", "/things/a", new byte[0], "Authorization", "Bearer right", "X-Forwarded-For", forwarded)
                .from("10.0.0.1");
    }

    @Test
    void isSharedByUnknownAddresses() {
        exhausted(request("unknown", "/things/a", "right"));

        assertThat(door.handle(request("", "/things/a", "right")).status()).isEqualTo(429);
    }

    @Test
    void canBeReadByBrowsers() {
        HttpReply open = exhausted(request("203.0.113.8", "/open", "some-token"));
        HttpReply other = exhausted(request("203.0.113.8", "/things/a", "right"));

        assertThat(open.headers().first("Access-Control-Allow-Origin")).contains("*");
        assertThat(other.headers().first("Access-Control-Allow-Origin")).isEmpty();
    }

    @Test
    void isOffUnlessItIsSet() {
        var request = Doors.request("GET", "/things/a", new byte[0]).from("203.0.113.9");

        assertThat(IntStream.range(0, 1000)
                        .mapToObj(i -> Doors.HTTP.handle(request))
                        .allMatch(reply -> reply.status() == 200))
                .isTrue();
    }
}
