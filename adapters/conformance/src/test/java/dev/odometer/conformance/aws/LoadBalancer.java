package dev.odometer.conformance.aws;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An Application Load Balancer: neither path nor query is decoded. Headers and parameters have the last of several
 * values, or all of them, depending on the setting of the target group. It reads responses in the same form.
 */
record LoadBalancer(boolean multi) implements Gateway {

    private static final int MEGABYTE = 1024 * 1024;

    @Override
    public String name() {
        return multi ? "ALB, multi-value" : "ALB";
    }

    @Override
    public int longestEvent() {
        return MEGABYTE;
    }

    @Override
    public int longestAnswer() {
        return MEGABYTE;
    }

    @Override
    public byte[] event(HttpRequest request) {
        ObjectNode event = Events.JSON.createObjectNode();
        event.putObject("requestContext")
                .putObject("elb")
                .put(
                        "targetGroupArn",
                        "arn:aws:elasticloadbalancing:eu-central-1:123456789012:targetgroup/odometer/6d0ecf831eec9f09");
        event.put("httpMethod", request.method()).put("path", request.path());
        var headers = new TreeMap<String, List<String>>();
        Events.headers(request).forEach((name, all) -> headers.put(name.toLowerCase(Locale.ROOT), all));
        var query = Events.query(request, UnaryOperator.identity());
        if (multi) {
            Events.all(event, "multiValueQueryStringParameters", query);
            Events.all(event, "multiValueHeaders", headers);
        } else {
            Events.last(event, "queryStringParameters", query);
            Events.last(event, "headers", headers);
        }
        if (request.body().length == 0) {
            event.put("body", "").put("isBase64Encoded", false);
        } else {
            Events.body(event, request, false);
        }
        return Events.JSON.writeValueAsBytes(event);
    }

    @Override
    public HttpReply reply(byte[] answer) {
        return Replies.read(answer, 502, tree -> {
            JsonNode description = tree.path("statusDescription");
            if (!description.isString() || !description.asString().matches(Replies.status(tree) + " [A-Z].*")) {
                throw new Replies.Malformed("statusDescription");
            }
            var headers = Replies.none();
            if (multi) {
                Replies.addMulti(headers, tree.path("multiValueHeaders"));
            } else {
                Replies.addSingle(headers, tree.path("headers"));
            }
            return new HttpReply(Replies.status(tree), Headers.of(headers), Replies.body(tree));
        });
    }
}
