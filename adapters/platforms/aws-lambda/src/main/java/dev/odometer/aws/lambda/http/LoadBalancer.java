package dev.odometer.aws.lambda.http;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.door.problem.Problem;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An Application Load Balancer, with or without multi-value headers. It decodes neither path nor query. */
final class LoadBalancer implements Codec {

    private static final byte[] EMPTY = {};

    @Override
    public boolean matches(JsonNode event) {
        return event.path("requestContext").has("elb");
    }

    @Override
    public HttpRequest head(JsonNode event) {
        var query = RequestMembers.collected(event, "multiValueQueryStringParameters", "queryStringParameters");
        return new HttpRequest(
                        RequestMembers.required(event, "httpMethod"),
                        RequestMembers.required(event, "path"),
                        query.isEmpty() ? null : Target.query(query, UnaryOperator.identity()),
                        Headers.of(RequestMembers.collectedHeaders(event)),
                        EMPTY)
                .fromLastForwarded();
    }

    @Override
    public void write(int status, Headers headers, ObjectNode response, JsonNode event) {
        response.put("statusCode", status);
        response.put("statusDescription", status + " " + Problem.title(status));
        if (event.path("multiValueHeaders").isObject()) {
            ObjectNode multi = response.putObject("multiValueHeaders");
            headers.forEach((name, value) -> multi.withArrayProperty(name).add(value));
        } else {
            writeSingle(headers, response.putObject("headers"));
        }
    }

    private static void writeSingle(Headers headers, ObjectNode single) {
        headers.forEach((name, value) -> {
            if (!name.equalsIgnoreCase("Set-Cookie")) {
                single.put(name, headers.joined(name).orElse(value));
            }
        });
        int number = 0;
        for (String cookie : headers.all("Set-Cookie")) {
            single.put(capitalized("set-cookie", number++), cookie);
        }
    }

    /** A different capitalization for each number, because cookies cannot be joined and members need distinct names. */
    private static String capitalized(String name, int number) {
        var capitalized = new StringBuilder(name);
        int bits = number;
        for (int i = 0; bits > 0 && i < name.length(); i++) {
            if (Character.isLetter(name.charAt(i))) {
                capitalized.setCharAt(i, (bits & 1) == 1 ? Character.toUpperCase(name.charAt(i)) : name.charAt(i));
                bits >>= 1;
            }
        }
        return capitalized.toString();
    }
}
