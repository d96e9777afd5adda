package com.example.hello;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Body;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.PathVariable;
import io.micronaut.http.annotation.Post;
import io.micronaut.http.cookie.Cookie;
import io.micronaut.serde.annotation.Serdeable;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;

/** A controller; the handler for HTTP APIs is Micronaut's {@code APIGatewayV2HTTPEventFunction}. */
@Controller
public class HelloController {

    /** The response body of {@code hello}. */
    @Serdeable
    public record Hello(String message) {}

    /** The request body of {@code placeOrder}. */
    @Serdeable
    public record Order(int quantity) {

        public Order {
            if (quantity < 1) {
                throw new IllegalArgumentException("quantity must be positive: " + quantity);
            }
        }
    }

    @Get("/hello")
    public Hello hello() {
        return new Hello("hello");
    }

    @Post(value = "/echo/{segment}", consumes = MediaType.ALL)
    public Map<String, Object> echo(HttpRequest<?> request, @PathVariable String segment) {
        var cookies = new LinkedHashMap<String, String>();
        request.getCookies().forEach((name, cookie) -> cookies.put(name, cookie.getValue()));
        var seen = new LinkedHashMap<String, Object>();
        seen.put("segment", segment);
        seen.put("tag", request.getParameters().getAll("tag"));
        seen.put("cookie", cookies);
        seen.put("x-many", request.getHeaders().getAll("x-many"));
        return seen;
    }

    @Post(value = "/upload", consumes = MediaType.ALL)
    public Map<String, String> upload(@Body byte[] body) {
        return Map.of("body", Base64.getEncoder().encodeToString(body));
    }

    @Get(value = "/bytes", produces = MediaType.APPLICATION_OCTET_STREAM)
    public byte[] bytes() {
        var bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    @Get("/cookies")
    public HttpResponse<Map<String, String>> cookies() {
        return HttpResponse.ok(Map.<String, String>of())
                .cookie(Cookie.of("a", "1"))
                .cookie(Cookie.of("b", "2"))
                .header("X-Many", "v1")
                .header("X-Many", "v2");
    }

    @Post("/orders")
    public HttpResponse<Order> placeOrder(@Body Order order) {
        return HttpResponse.created(order, URI.create("/orders/1"));
    }

    @Get("/fails")
    public Hello fails() {
        throw new IllegalStateException("password=secret");
    }
}
