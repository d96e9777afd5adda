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
        return new HttpRequest(
                RequestMembers.required(event, "httpMethod"),
                path(event),
                query.isEmpty() ? null : Target.query(query),
                Headers.of(RequestMembers.collectedHeaders(event)),
                EMPTY);
    }

    private static String path(JsonNode event) {
        String path = RequestMembers.required(event, "path");
        if (!event.path("version").asString("").equals("1.0")) {
            return withoutBase(path, event);
        }
        JsonNode context = RequestMembers.object(event, "requestContext");
        return Target.path(withoutBase(Target.withoutStage(path, RequestMembers.text(context, "stage")), event));
    }

    /** Of a custom domain's paths, only the base path is mapped to a stage; it is part of the path. */
    private static String withoutBase(String path, JsonNode event) {
        return RequestMembers.text(event, "resource")
                .filter(resource -> resource.startsWith("/"))
                .map(resource -> Target.withoutBase(path, resource, RequestMembers.texts(event, "pathParameters")))
                .orElse(path);
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
