package dev.odometer.aws.lambda.http;

import dev.odometer.door.Headers;
import dev.odometer.door.HttpRequest;
import dev.odometer.door.problem.Problem;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** An application load balancer, whose target group has multi-value headers or has not. It decodes nothing. */
final class LoadBalancer implements Codec {

    private static final byte[] NOTHING = {};

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
                NOTHING);
    }

    @Override
    public void write(int status, Headers headers, ObjectNode answer, JsonNode event) {
        answer.put("statusCode", status);
        answer.put("statusDescription", status + " " + Problem.title(status));
        if (event.path("multiValueHeaders").isObject()) {
            ObjectNode multi = answer.putObject("multiValueHeaders");
            headers.forEach((name, value) -> multi.withArrayProperty(name).add(value));
        } else {
            writeSingle(headers, answer.putObject("headers"));
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
            single.put(spelled("set-cookie", number++), cookie);
        }
    }

    /** A name in letters of other cases for each number: cookies cannot be joined, and members cannot share a name. */
    private static String spelled(String name, int number) {
        var spelled = new StringBuilder(name);
        int bits = number;
        for (int i = 0; bits > 0 && i < name.length(); i++) {
            if (Character.isLetter(name.charAt(i))) {
                spelled.setCharAt(i, (bits & 1) == 1 ? Character.toUpperCase(name.charAt(i)) : name.charAt(i));
                bits >>= 1;
            }
        }
        return spelled.toString();
    }
}
