package dev.odometer.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/** The cases that all frameworks are compared by. */
final class ComparisonCases {

    private static final String ORDER = "{\"quantity\":1}";
    private static final byte[] BYTES = bytes();

    private ComparisonCases() {}

    static List<ComparisonCase> http() {
        return Stream.of(requests(), bodies(), responses(), errors())
                .flatMap(List::stream)
                .toList();
    }

    private static List<ComparisonCase> requests() {
        HttpApiEvent echo = HttpApiEvent.post("/echo/a");
        return List.of(
                ComparisonCase.echo(
                        "path `/echo/café au lait`, as an HTTP API decodes it",
                        HttpApiEvent.post("/echo/café au lait"),
                        "segment",
                        "café au lait"),
                ComparisonCase.echo(
                        "path `/echo/caf%C3%A9%20au%20lait` of a function URL",
                        HttpApiEvent.post("/echo/caf%C3%A9%20au%20lait"), "segment", "café au lait"),
                ComparisonCase.echo(
                        "path `/echo/a%2Fb` of a function URL", HttpApiEvent.post("/echo/a%2Fb"), "segment", "a/b"),
                ComparisonCase.echo(
                        "query `tag=a%2Bb+c%2Fd%C3%A9`",
                        echo.withQuery("tag=a%2Bb+c%2Fd%C3%A9"), "tag", "[\"a+b c/dé\"]"),
                ComparisonCase.echo("query `tag=a&tag=b`", echo.withQuery("tag=a&tag=b"), "tag", "[\"a\",\"b\"]"),
                ComparisonCase.echo("query `tag=a%2Cb`", echo.withQuery("tag=a%2Cb"), "tag", "[\"a,b\"]"),
                ComparisonCase.echo(
                        "two cookies",
                        echo.withCookies("a=1", "b=2"),
                        "cookie",
                        "{\"a\":\"1\",\"b\":\"2\"}",
                        "a=1; b=2"),
                ComparisonCase.echo(
                        "header with the value `Tue, 03 Mar 2026`",
                        echo.with("x-many", "Tue, 03 Mar 2026"),
                        "x-many",
                        "Tue, 03 Mar 2026",
                        "[\"Tue, 03 Mar 2026\"]"));
    }

    private static List<ComparisonCase> bodies() {
        HttpApiEvent upload = HttpApiEvent.post("/upload");
        HttpApiEvent order = HttpApiEvent.post("/orders");
        byte[] text = "café".getBytes(StandardCharsets.UTF_8);
        return List.of(
                ComparisonCase.upload(
                        "a binary body", "upload", upload.withBytes("application/octet-stream", BYTES), BYTES),
                ComparisonCase.upload("a text body in UTF-8", "uploadText", upload.withText("café"), text),
                ComparisonCase.order(
                        "a JSON body in Base64",
                        order.withBytes("application/json", ORDER.getBytes(StandardCharsets.UTF_8)),
                        "201"),
                ComparisonCase.order(
                        "a JSON body compressed with gzip",
                        order.withBytes("application/json", gzip(ORDER)).with("content-encoding", "gzip"),
                        "201"));
    }

    private static List<ComparisonCase> responses() {
        HttpApiEvent order = HttpApiEvent.post("/orders").withJson(ORDER);
        return List.of(
                ComparisonCase.contentType(),
                ComparisonCase.binaryResponse(BYTES),
                ComparisonCase.twoCookies(),
                ComparisonCase.repeatedHeader(),
                ComparisonCase.created(order));
    }

    private static List<ComparisonCase> errors() {
        HttpApiEvent order = HttpApiEvent.post("/orders");
        return List.of(
                ComparisonCase.status("unknown path: 404", "hello", HttpApiEvent.get("/unknown"), "404"),
                ComparisonCase.status(
                        "a method without a route: 405",
                        "hello",
                        HttpApiEvent.get("/hello").withMethod("DELETE"),
                        "405"),
                ComparisonCase.order("malformed JSON: 400", order.withJson("{\"quantity\":"), "400"),
                ComparisonCase.order("no body: 400", order.with("content-type", "application/json"), "400"),
                ComparisonCase.order(
                        "a value of the wrong type: 400", order.withJson("{\"quantity\":\"many\"}"), "400"),
                ComparisonCase.order(
                        "a value that the record's constructor refuses: 400",
                        order.withJson("{\"quantity\":0}"),
                        "400"),
                ComparisonCase.order("a body of type `text/plain`: 415", order.withText(ORDER), "415"),
                ComparisonCase.failing(),
                ComparisonCase.confidential());
    }

    static List<ComparisonCase> batches() {
        String paid = "{\"id\":\"1\",\"status\":\"paid\"}";
        return List.of(
                ComparisonCase.batch(
                        "SQS, the function throws for one of three messages: it alone is reported",
                        paid,
                        "{\"id\":\"2\",\"status\":\"declined\"}",
                        paid),
                ComparisonCase.batch(
                        "SQS, one of three messages is not JSON: it alone is reported", paid, "not JSON", paid));
    }

    private static byte[] bytes() {
        var bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    private static byte[] gzip(String text) {
        var compressed = new ByteArrayOutputStream();
        try (var gzip = new GZIPOutputStream(compressed)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return compressed.toByteArray();
    }
}
