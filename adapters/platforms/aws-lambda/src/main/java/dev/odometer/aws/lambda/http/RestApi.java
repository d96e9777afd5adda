package dev.odometer.aws.lambda.http;

import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpRequest;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** REST APIs, and HTTP APIs with payload format 1.0, which is almost the same. */
final class RestApi implements Codec {

    private static final byte[] EMPTY = {};

    @Override
    public boolean matches(JsonNode event) {
        JsonNode context = event.path("requestContext");
        boolean isGateway = context.has("stage") || context.has("apiId");
        boolean isRequest = event.has("httpMethod") || event.has("path") || event.has("resource");
        return isGateway && isRequest && !context.has("elb") && !context.has("http") && !Codec.isAuthorizer(event);
    }

    @Override
    public HttpRequest head(JsonNode event) {
        var query = RequestMembers.collected(event, "multiValueQueryStringParameters", "queryStringParameters");
        String path = RequestMembers.required(event, "path");
        JsonNode context = RequestMembers.object(event, "requestContext");
        boolean isHttpApi = event.path("version").asString("").equals("1.0");
        if (isHttpApi) {
            path = Target.withoutStage(path, RequestMembers.text(context, "stage"));
        }
        String base = base(path, event);
        return new HttpRequest(
                        RequestMembers.required(event, "httpMethod"),
                        isHttpApi ? Target.path(path) : path,
                        query.isEmpty() ? null : Target.query(query),
                        Headers.of(RequestMembers.collectedHeaders(event)),
                        EMPTY)
                .from(RequestMembers.text(RequestMembers.object(context, "identity"), "sourceIp")
                        .orElse(""))
                .below(isHttpApi ? Target.path(base) : base);
    }

    /** The base path of a custom domain, which is part of the path but not of the resource. */
    private static String base(String path, JsonNode event) {
        return RequestMembers.text(event, "resource")
                .filter(resource -> resource.startsWith("/"))
                .map(resource -> Target.base(path, resource, RequestMembers.texts(event, "pathParameters")))
                .orElse("");
    }

    /** Each name is in only one of the two maps, because a gateway would send both values. */
    @Override
    public void write(int status, Headers headers, ObjectNode response, JsonNode event) {
        response.put("statusCode", status);
        ObjectNode single = response.putObject("headers");
        headers.forEach((name, value) -> {
            if (headers.all(name).size() == 1) {
                single.put(name, value);
            } else {
                response.withObjectProperty("multiValueHeaders")
                        .withArrayProperty(name)
                        .add(value);
            }
        });
    }
}
