package com.example.hello;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import kotlin.Pair;
import kotlin.jvm.functions.Function1;
import org.http4k.core.Http4kKt;
import org.http4k.core.Method;
import org.http4k.core.Request;
import org.http4k.core.Response;
import org.http4k.core.Status;
import org.http4k.core.cookie.CookieExtensionsKt;
import org.http4k.filter.ServerFilters;
import org.http4k.format.Moshi;
import org.http4k.format.MoshiNode;
import org.http4k.lens.BiDiBodyLens;
import org.http4k.lens.ContentNegotiation;
import org.http4k.routing.ExtensionsKt;
import org.http4k.routing.RoutingHttpHandler;
import org.http4k.routing.RoutingKt;
import org.http4k.serverless.ApiGatewayV2LambdaFunction;

/** An http4k application from Java, with its handler for HTTP APIs. */
public final class HelloFunction extends ApiGatewayV2LambdaFunction {

    private static final Moshi JSON = Moshi.INSTANCE;
    private static final BiDiBodyLens<MoshiNode> BODY =
            JSON.body(null, ContentNegotiation.Companion.getNone()).toLens();

    public HelloFunction() {
        super(app());
    }

    private static Function1<Request, Response> app() {
        return Http4kKt.then(
                ServerFilters.CatchLensFailure.INSTANCE,
                RoutingKt.routes(
                        on(Method.GET, "/hello", request -> json(Status.OK, member("message", text("hello")))),
                        on(Method.POST, "/echo/{segment}", HelloFunction::echo),
                        on(Method.POST, "/upload", HelloFunction::upload),
                        on(Method.GET, "/bytes", request -> bytes()),
                        on(Method.GET, "/cookies", request -> cookies()),
                        on(Method.POST, "/orders", HelloFunction::placeOrder),
                        on(Method.GET, "/fails", request -> {
                            throw new IllegalStateException("password=secret");
                        })));
    }

    private static RoutingHttpHandler on(Method method, String path, Function1<Request, Response> handler) {
        return RoutingKt.bind(path, method).to(handler);
    }

    private static Response echo(Request request) {
        var seen = new ArrayList<Pair<String, MoshiNode>>();
        seen.add(member("segment", text(ExtensionsKt.path(request, "segment"))));
        seen.add(member("tag", texts(request.queries("tag"))));
        List<Pair<String, MoshiNode>> cookies = CookieExtensionsKt.cookies(request).stream()
                .map(cookie -> member(cookie.getName(), text(cookie.getValue())))
                .toList();
        seen.add(member("cookie", JSON.asJsonObject(cookies)));
        seen.add(member("x-many", texts(request.headerValues("x-many"))));
        return json(Status.OK, seen);
    }

    private static Response upload(Request request) {
        try {
            byte[] body = request.getBody().getStream().readAllBytes();
            return json(Status.OK, member("body", text(Base64.getEncoder().encodeToString(body))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Response bytes() {
        var bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return Response.create(Status.OK)
                .header("Content-Type", "application/octet-stream")
                .body(new ByteArrayInputStream(bytes), (long) bytes.length);
    }

    private static Response cookies() {
        return json(Status.OK, List.of())
                .header("Set-Cookie", "a=1")
                .header("Set-Cookie", "b=2")
                .header("X-Many", "v1")
                .header("X-Many", "v2");
    }

    private static Response placeOrder(Request request) {
        MoshiNode order = BODY.invoke(request);
        long quantity = JSON.fields(order).stream()
                .filter(field -> field.getFirst().equals("quantity"))
                .mapToLong(field -> JSON.integer(field.getSecond()))
                .findFirst()
                .orElse(0);
        if (quantity < 1) {
            return Response.create(Status.BAD_REQUEST).body("quantity must be positive: " + quantity);
        }
        return json(Status.CREATED, member("quantity", JSON.asJsonValue(quantity)))
                .header("Location", "/orders/1");
    }

    private static MoshiNode text(String value) {
        return JSON.asJsonValue(value);
    }

    private static MoshiNode texts(List<String> values) {
        return JSON.asJsonArray(values.stream().map(HelloFunction::text).toList());
    }

    private static Pair<String, MoshiNode> member(String name, MoshiNode value) {
        return new Pair<>(name, value);
    }

    private static Response json(Status status, Pair<String, MoshiNode> member) {
        return json(status, List.of(member));
    }

    private static Response json(Status status, List<Pair<String, MoshiNode>> members) {
        return Response.create(status)
                .header("Content-Type", "application/json")
                .body(JSON.asCompactJsonString(JSON.asJsonObject(members)));
    }
}
