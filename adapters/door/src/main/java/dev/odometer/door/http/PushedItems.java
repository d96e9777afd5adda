package dev.odometer.door.http;

import dev.odometer.door.batch.Item;
import dev.odometer.door.json.Json;
import dev.odometer.door.json.JsonReader;
import dev.odometer.door.request.EventHeaders;
import dev.odometer.door.request.MatchedRequest;
import dev.odometer.door.request.MediaType;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.MediaTypes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Reads the items of a pushed request by the HTTP protocol binding of CloudEvents 1.0.2; other content is one item. */
final class PushedItems {

    private final Json json;
    private final JsonReader documents;

    PushedItems(Json json) {
        this.json = json;
        this.documents = json.reader();
    }

    /** @throws Refusal when a batch is not an array, so its items cannot be separated, or a header cannot be decoded */
    List<Item> items(MatchedRequest request) {
        boolean batch = type(request)
                .filter(type -> type.essence().equals(MediaTypes.CLOUD_EVENTS))
                .isPresent();
        return batch ? each(request.body()) : List.of(whole(request));
    }

    private List<Item> each(byte[] body) {
        if (!(documents.read(body) instanceof JsonNode batch) || !batch.isArray()) {
            throw Refusal.invalid("a batch of events must be an array");
        }
        var items = new ArrayList<Item>();
        batch.forEach(event -> items.add(Item.unnamed(null, Map.of(), json.write(event))));
        return items;
    }

    private static Item whole(MatchedRequest request) {
        boolean structured = type(request)
                .filter(media -> media.essence().startsWith("application/cloudevents"))
                .isPresent();
        return item(request, structured ? Map.of() : EventHeaders.of(request));
    }

    /** The whole request as one item, with its attributes as sent; values of a repeated header are joined. */
    Item raw(MatchedRequest request) {
        var sent = new TreeMap<String, String>();
        request.attributes().forEach((name, values) -> sent.put(name, String.join(", ", values)));
        return item(request, sent);
    }

    private static Item item(MatchedRequest request, Map<String, String> attributes) {
        return Item.unnamed(request.header().apply("Content-Type").orElse(null), attributes, request.body());
    }

    private static Optional<MediaType> type(MatchedRequest request) {
        return request.header().apply("Content-Type").flatMap(MediaType::parse);
    }
}
