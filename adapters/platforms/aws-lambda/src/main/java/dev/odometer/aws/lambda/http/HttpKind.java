package dev.odometer.aws.lambda.http;

import dev.odometer.aws.lambda.event.EventKind;
import dev.odometer.door.http.Headers;
import dev.odometer.door.http.HttpDoor;
import dev.odometer.door.http.HttpReply;
import dev.odometer.door.http.HttpRequest;
import dev.odometer.functions.binding.Deadline;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests of one source. Each gets a reply, because gateways translate exceptions to uninformative errors. */
record HttpKind(Codec codec, HttpDoor door) implements EventKind {

    private static final JsonMapper JSON = new JsonMapper();
    private static final byte[] EMPTY = {};
    private static final HttpRequest UNREADABLE = new HttpRequest("", "", null, Headers.NONE, EMPTY);

    @Override
    public boolean matches(JsonNode event) {
        return codec.matches(event);
    }

    @Override
    public byte[] handle(JsonNode event, Deadline deadline) {
        HttpReply reply = reply(event);
        ObjectNode response = JSON.createObjectNode();
        codec.write(reply.status(), reply.headers(), response, event);
        Body.write(reply, response);
        return JSON.writeValueAsBytes(response);
    }

    /** Warm-up: handles an empty event, which is refused. */
    @Override
    public void warmUp() {
        handle(JSON.createObjectNode(), Deadline.NONE);
    }

    private HttpReply reply(JsonNode event) {
        HttpRequest request = UNREADABLE;
        try {
            request = codec.head(event);
            return door.handle(request.withBody(Body.read(event)));
        } catch (RuntimeException unreadable) {
            return door.replyTo(request, unreadable);
        }
    }
}
