package dev.odometer.door.http;

import dev.odometer.door.function.CatalogFunction;
import dev.odometer.door.json.Json;
import dev.odometer.door.problem.InvalidParameter;
import dev.odometer.door.problem.Problem;
import dev.odometer.door.problem.Rejection;
import dev.odometer.door.request.Accept;
import dev.odometer.door.request.InputReader;
import dev.odometer.door.request.MatchedRequest;
import dev.odometer.door.request.Query;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.RefusalKind;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Input;
import dev.odometer.functions.route.Located;
import dev.odometer.functions.route.MediaTypes;
import dev.odometer.functions.route.Represented;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Tabular;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A route that is served by its function.
 *
 * @param neutralizesFormulas whether CSV is made safe for spreadsheets
 */
record Endpoint(Route route, CatalogFunction call, InputReader input, Json json, boolean neutralizesFormulas)
        implements RouteHandler {

    private static final byte[] EMPTY = {};
    private static final int OK = 200;

    @Override
    public HttpReply serve(MatchedRequest request, Exchange exchange) {
        String type = negotiated(request.header().apply("Accept"));
        Object value = input.read(request);
        if (route.body() == Body.EVENTS && value instanceof List<?> events) {
            exchange.items(events.size());
            return reply(type, events.isEmpty() ? null : call.invoke(events));
        }
        return reply(type, call.invoke(value));
    }

    @Override
    public RuntimeException explained(Refusal refusal) {
        return route.strict() && refusal.kind() == RefusalKind.INVALID
                ? Problem.from(refusal).naming(InvalidParameter.of(refusal, route))
                : refusal;
    }

    @Override
    public HttpReply readOnly(String field) {
        Map<String, String> fields = route.inputs().stream()
                .filter(input -> input.source() == Input.Source.PATH)
                .collect(Collectors.toMap(Input::field, input -> field));
        String type =
                route.consumes().isEmpty() ? MediaTypes.JSON : route.consumes().get(0);
        byte[] body = "{}".getBytes(StandardCharsets.UTF_8);
        input.read(new MatchedRequest(
                fields,
                Query.parse(null),
                name -> name.equals("Content-Type") ? Optional.of(type) : Optional.empty(),
                Map.of(),
                body));
        return new HttpReply(204, Headers.NONE, EMPTY);
    }

    private String negotiated(Optional<String> accept) {
        if (route.produces().isEmpty()) {
            return "";
        }
        return Accept.choose(accept, route.produces())
                .orElseThrow(() -> Rejection.of(406, "available only as " + String.join(" or ", route.produces())));
    }

    private HttpReply reply(String type, @Nullable Object result) {
        if (route.produces().isEmpty()) {
            return new HttpReply(route.success(), Headers.NONE, EMPTY);
        }
        Headers headers = Headers.of("Content-Type", type);
        if (type.equals(MediaTypes.CSV) && result instanceof Tabular table) {
            Headers file = headers.with("Content-Disposition", "attachment; filename=" + Csv.fileName(table));
            return new HttpReply(route.success(), file, Csv.write(table, neutralizesFormulas));
        }
        if (result instanceof Represented<?> represented) {
            return type.equals(MediaTypes.JSON)
                    ? reply(type, represented.view())
                    : DocumentReply.of(route.success(), type, represented.document(type));
        }
        if (result instanceof Located located && route.success() != OK) {
            headers = headers.with("Location", located.location());
        }
        return new HttpReply(route.success(), headers, bytes(type, result));
    }

    /** The body. A function returns other types than JSON as text or bytes. */
    private byte[] bytes(String type, @Nullable Object result) {
        if (result instanceof byte[] written) {
            return written;
        }
        boolean text = result instanceof String && !type.equals(MediaTypes.JSON) && !type.endsWith("+json");
        if (text) {
            return String.valueOf(result).getBytes(StandardCharsets.UTF_8);
        }
        return result == null ? "null".getBytes(StandardCharsets.UTF_8) : json.write(result);
    }
}
