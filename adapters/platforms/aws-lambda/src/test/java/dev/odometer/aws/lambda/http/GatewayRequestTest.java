package dev.odometer.aws.lambda.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.door.request.Percent;
import dev.odometer.door.request.Query;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import tools.jackson.databind.JsonNode;

/** Each gateway's event yields the same canonical request, except for what the gateway itself loses. */
class GatewayRequestTest {

    @Property(tries = 500)
    void keepsTheSegmentsOfThePath(@ForAll Gateway gateway, @ForAll("requests") HttpRequest request) {
        assertThat(Percent.segments(decoded(gateway, request).path())).isEqualTo(Percent.segments(request.path()));
    }

    @Property(tries = 500)
    void keepsTheValuesOfTheQuery(@ForAll Gateway gateway, @ForAll("requests") HttpRequest request) {
        var sent = Query.parse(request.query());
        var arrived = Query.parse(decoded(gateway, request).query());

        assertThat(arrived.names()).isEqualTo(sent.names());
        for (String name : sent.names()) {
            List<String> values = sent.all(name);
            boolean lastOnly = gateway == Gateway.BALANCER_SINGLE;
            assertThat(arrived.all(name))
                    .isEqualTo(lastOnly ? values.subList(values.size() - 1, values.size()) : values);
        }
    }

    @Property(tries = 500)
    void keepsTheValuesOfHeaders(@ForAll Gateway gateway, @ForAll("requests") HttpRequest request) {
        Headers arrived = decoded(gateway, request).headers();

        request.headers()
                .forEach((name, value) ->
                        assertThat(arrived.all(name)).isEqualTo(gateway.arriving(request.headers(), name)));
    }

    @Property(tries = 500)
    void keepsMethodAndBody(@ForAll Gateway gateway, @ForAll("requests") HttpRequest request) {
        HttpRequest arrived = decoded(gateway, request);

        assertThat(arrived.method()).isEqualTo(request.method());
        assertThat(arrived.body()).isEqualTo(request.body());
    }

    private static HttpRequest decoded(Gateway gateway, HttpRequest request) {
        JsonNode event = gateway.event(request);
        List<Codec> codecs =
                HttpKinds.CODECS.stream().filter(codec -> codec.matches(event)).toList();
        assertThat(codecs).hasSize(1);
        return codecs.get(0).head(event).withBody(Body.read(event));
    }

    @Provide
    Arbitrary<HttpRequest> requests() {
        // Gateways that decode the path lose a slash or a question mark in a segment; NUL is refused everywhere.
        Arbitrary<String> segment = text().filter(part -> !part.matches("(?s).*[/?\0].*"));
        Arbitrary<String> path = segment.list()
                .ofMaxSize(4)
                .map(parts ->
                        "/" + parts.stream().map(GatewayRequestTest::encoded).collect(Collectors.joining("/")));
        Arbitrary<String> value = text().filter(part -> part.indexOf('\0') < 0);
        Arbitrary<String> query = Combinators.combine(Arbitraries.of("a", "b c", "filter[x]", "ü", "%41"), value)
                .as((name, text) -> encoded(name) + "=" + encoded(text))
                .list()
                .ofMaxSize(5)
                .map(pairs -> String.join("&", pairs));
        Arbitrary<Headers> headers = Combinators.combine(
                        Arbitraries.of("X-One", "x-two", "ACCEPT", "Cookie"),
                        Arbitraries.strings()
                                .withCharRange('a', 'z')
                                .withChars("=\"")
                                .ofMaxLength(8))
                .as(Tuple::of)
                .list()
                .ofMaxSize(6)
                .map(pairs -> Headers.of(pairs.stream()
                        .flatMap(pair -> java.util.stream.Stream.of(pair.get1(), pair.get2()))
                        .toArray(String[]::new)));
        Arbitrary<byte[]> body = Arbitraries.oneOf(
                Arbitraries.bytes().array(byte[].class).ofMaxSize(50),
                text().map(text -> text.getBytes(StandardCharsets.UTF_8)));
        return Combinators.combine(Arbitraries.of("GET", "POST", "PUT", "DELETE", "HEAD"), path, query, headers, body)
                .as(HttpRequest::new);
    }

    /** Text that can be encoded in UTF-8, often with characters that are percent-encoded. */
    private static Arbitrary<String> text() {
        return Arbitraries.oneOf(
                        Arbitraries.strings().withChars("%+&=#; 4f1/?").ofMaxLength(8),
                        Arbitraries.strings().ofMaxLength(8))
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
