package dev.odometer.door.request;

import dev.odometer.door.event.CloudEvents;
import dev.odometer.door.function.CatalogFunction;
import dev.odometer.door.json.Json;
import dev.odometer.door.json.JsonReader;
import dev.odometer.door.json.RequiredMembers;
import dev.odometer.functions.refusal.StartRefusal;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Route;
import java.lang.reflect.Type;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/** Creates the reader of a route's input, and checks that it matches the function's input type. */
public final class InputReaders {

    private final Json json;
    private final UndeclaredParameters undeclared;

    public InputReaders(Json json, UndeclaredParameters undeclared) {
        this.json = json;
        this.undeclared = undeclared;
    }

    /** @throws StartRefusal when the function's input lacks a field of the route, or has another form */
    public InputReader of(Route route, CatalogFunction call) {
        InputReader reader = reader(route, call);
        // The members of events are checked where events are read.
        Type checked = call.input() == null || route.body() == Body.EVENTS ? Void.class : call.input();
        Consumer<@Nullable Object> required = RequiredMembers.of(checked);
        return request -> {
            undeclared.check(request.query(), route.inputs());
            Object input = reader.read(request);
            required.accept(input);
            return input;
        };
    }

    private InputReader reader(Route route, CatalogFunction call) {
        Type input = call.input();
        if (input == null) {
            return nothing(route);
        }
        return switch (route.body()) {
            case NONE, FIELDS, OPTIONAL_FIELDS -> fields(route, json.type(input));
            case WHOLE -> whole(route, json.type(input));
            case EVENTS -> events(route, json.type(input));
        };
    }

    private static InputReader nothing(Route route) {
        if (!route.inputs().isEmpty() || route.body() != Body.NONE) {
            throw unfit(route, "the function takes no input");
        }
        return request -> null;
    }

    private InputReader fields(Route route, JavaType input) {
        if (!input.isRecordType() && !input.isMapLikeType()) {
            throw unfit(route, "the function's input is not a record");
        }
        var fields = route.inputs().stream()
                .map(field -> Field.of(route, field, input, json))
                .toList();
        @Nullable JsonReader document = route.body() == Body.NONE ? null : json.reader();
        return new FieldsReader(route, fields, document, json.reader(input, route.strict()));
    }

    private InputReader whole(Route route, JavaType input) {
        checkNoFields(route);
        JsonReader reader = json.reader(input, route.strict());
        return request -> {
            request.checkContentType(route.consumes());
            return reader.read(request.body());
        };
    }

    private InputReader events(Route route, JavaType input) {
        checkNoFields(route);
        if (!input.isCollectionLikeType()) {
            throw unfit(route, "the function's input is not a list");
        }
        return new EventsReader(new CloudEvents(json, input.getContentType()), route.consumes());
    }

    private static void checkNoFields(Route route) {
        if (!route.inputs().isEmpty()) {
            throw unfit(route, "the body is the whole input, so other fields are not possible");
        }
    }

    static StartRefusal unfit(Route route, String reason) {
        return new StartRefusal(
                "The route " + route.method() + " " + route.path() + " does not fit " + route.function() + ": "
                        + reason,
                "Correct the route, or the input of the function.");
    }
}
