package dev.odometer.conformance.aws;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import tools.jackson.databind.node.ObjectNode;

/**
 * An API Gateway REST API with proxy integration, payload format 1.0, and {@code binaryMediaTypes: ["*}{@code /*"]}:
 * header names as sent, the query decoded, the path as sent and without its stage.
 */
final class RestApi implements Gateway {

    @Override
    public String name() {
        return "REST API";
    }

    @Override
    public byte[] event(HttpRequest request) {
        ObjectNode event = Events.JSON.createObjectNode();
        event.put("resource", "/{proxy+}").put("path", request.path()).put("httpMethod", request.method());
        var headers = Events.headers(request);
        Events.last(event, "headers", headers);
        Events.all(event, "multiValueHeaders", headers);
        var query = Events.query(request, Events::decoded);
        if (query.isEmpty()) {
            event.putNull("queryStringParameters").putNull("multiValueQueryStringParameters");
        } else {
            Events.last(event, "queryStringParameters", query);
            Events.all(event, "multiValueQueryStringParameters", query);
        }
        event.putObject("pathParameters").put("proxy", request.path().substring(1));
        event.putNull("stageVariables");
        ObjectNode context = event.putObject("requestContext");
        context.put("accountId", "123456789012").put("apiId", "a1b2c3d4e5").put("stage", "prod");
        context.put("httpMethod", request.method()).put("path", "/prod" + request.path());
        context.put("protocol", "HTTP/1.1").put("requestId", "c6af9ac6-7b61-11e6-9a41-93e8deadbeef");
        context.putObject("identity").put("sourceIp", "203.0.113.7");
        if (request.body().length == 0) {
            event.putNull("body").put("isBase64Encoded", false);
        } else {
            Events.body(event, request, true);
        }
        return Events.JSON.writeValueAsBytes(event);
    }

    @Override
    public HttpReply reply(byte[] answer) {
        return Replies.read(answer, 502, tree -> {
            var headers = Replies.none();
            // A name in both maps is merged, so the client gets the value twice.
            Replies.addSingle(headers, tree.path("headers"));
            Replies.addMulti(headers, tree.path("multiValueHeaders"));
            return new HttpReply(Replies.status(tree), Headers.of(headers), Replies.body(tree));
        });
    }
}
