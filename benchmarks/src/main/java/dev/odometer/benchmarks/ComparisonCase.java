package dev.odometer.benchmarks;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A request or a batch whose translation differs between frameworks: a row of the table.
 *
 * @param function the function of {@code benchmarks/frameworks} that it is for
 * @param seen what the function saw, or what the client gets
 * @param correct the answers that count as correct
 */
record ComparisonCase(
        String name, String function, String event, Function<LambdaAnswer, String> seen, List<String> correct) {

    static final String SECRET = "a-secret-of-the-client";

    /** The text of a cell: yes, or what was seen instead. */
    String cell(LambdaAnswer answer) {
        String was = answer.isFailed() ? LambdaAnswer.FAILED : seen.apply(answer);
        boolean isWord = was.matches("[0-9]{3}|([0-9]{3} )?[a-z ]+");
        return correct.contains(was) ? "yes" : isWord ? was : "`" + was + "`";
    }

    /** What the function sees of a request, as a member of the JSON that it returns. */
    static ComparisonCase echo(String name, HttpApiEvent event, String member, String... correct) {
        return new ComparisonCase(name, "echo", event.json(), answer -> answer.member(member), List.of(correct));
    }

    /** A body that the function returns in Base64. */
    static ComparisonCase upload(String name, String function, HttpApiEvent event, byte[] sent) {
        String expected = Base64.getEncoder().encodeToString(sent);
        return new ComparisonCase(
                name,
                function,
                event.json(),
                answer -> {
                    String seen = answer.member("body");
                    boolean isOther = answer.status().equals("200") && !seen.equals(expected);
                    return isOther ? "other bytes" : seen;
                },
                List.of(expected));
    }

    /** A case whose answer is its status. */
    static ComparisonCase status(String name, String function, HttpApiEvent event, String status) {
        return new ComparisonCase(name, function, event.json(), LambdaAnswer::status, List.of(status));
    }

    static ComparisonCase order(String name, HttpApiEvent event, String status) {
        return status(name, "placeOrder", event, status);
    }

    static ComparisonCase binaryResponse(byte[] expected) {
        HttpApiEvent event = HttpApiEvent.get("/bytes").with("accept", "*/*");
        return new ComparisonCase(
                "a binary response",
                "bytes",
                event.json(),
                answer -> !answer.status().equals("200")
                        ? answer.status()
                        : Arrays.equals(answer.body(), expected) ? "same bytes" : "other bytes",
                List.of("same bytes"));
    }

    static ComparisonCase twoCookies() {
        return new ComparisonCase(
                "a response with two cookies",
                "cookies",
                HttpApiEvent.get("/cookies").json(),
                answer -> {
                    JsonNode cookies = answer.json().path("cookies");
                    String header = answer.header("Set-Cookie");
                    return !answer.status().equals("200")
                            ? answer.status()
                            : cookies.isMissingNode() ? "Set-Cookie: " + header : plain(cookies);
                },
                List.of("a=1 b=2"));
    }

    /** The cookies without their attributes. */
    private static String plain(JsonNode cookies) {
        return String.join(
                " ",
                cookies.values().stream()
                        .map(cookie -> cookie.asString("").replaceAll(";.*", ""))
                        .toList());
    }

    static ComparisonCase repeatedHeader() {
        return header("a response with a repeated header", "cookies", HttpApiEvent.get("/cookies"), "X-Many");
    }

    private static ComparisonCase header(String name, String function, HttpApiEvent event, String header) {
        return new ComparisonCase(
                name,
                function,
                event.json(),
                answer -> answer.status().startsWith("2") ? answer.header(header) : answer.status(),
                List.of("v1,v2", "v1, v2", "/orders/1"));
    }

    static ComparisonCase created(HttpApiEvent order) {
        return header("status 201 with `Location`", "placeOrder", order, "Location");
    }

    static ComparisonCase contentType() {
        return new ComparisonCase(
                "a response has its `Content-Type`",
                "hello",
                HttpApiEvent.get("/hello").json(),
                answer -> {
                    String type = answer.header("Content-Type").replaceAll(";.*", "");
                    return type.isEmpty() ? "no such header" : type;
                },
                List.of("application/json"));
    }

    /** An exception must be a 500 that does not contain its message. */
    static ComparisonCase failing() {
        return new ComparisonCase(
                "an exception is a 500 without its message",
                "fails",
                HttpApiEvent.get("/fails").json(),
                answer -> new String(answer.body(), StandardCharsets.UTF_8).contains("secret")
                        ? answer.status() + " with its message"
                        : answer.status(),
                List.of("500"));
    }

    static ComparisonCase confidential() {
        return new ComparisonCase(
                "the log does not contain the `Authorization` of a request",
                "hello",
                HttpApiEvent.get("/hello")
                        .with("authorization", "Bearer " + SECRET)
                        .json(),
                answer -> answer.log().contains(SECRET) ? "logged" : "it does not",
                List.of("it does not"));
    }

    /** A batch of SQS in which the message in the middle cannot be handled: it alone must be reported. */
    static ComparisonCase batch(String name, String... bodies) {
        return new ComparisonCase(
                name,
                "recordPayment",
                SqsEvent.of(bodies),
                answer -> answer.json().has("batchItemFailures")
                        ? answer.json().path("batchItemFailures").toString()
                        : answer.text().equals("\"OK\"") ? "all acknowledged" : answer.text(),
                List.of("[{\"itemIdentifier\":\"message-2\"}]"));
    }
}
