package com.example.hello;

import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.NewCookie;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A resource; the handler is Quarkus's {@code QuarkusStreamHandler}. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public class HelloResource {

    /** The response body of {@code hello}. */
    public record Hello(String message) {}

    /** The request body of {@code placeOrder}. */
    public record Order(int quantity) {

        public Order {
            if (quantity < 1) {
                throw new IllegalArgumentException("quantity must be positive: " + quantity);
            }
        }
    }

    @GET
    @Path("hello")
    public Hello hello() {
        return new Hello("hello");
    }

    @POST
    @Path("echo/{segment}")
    @Consumes(MediaType.WILDCARD)
    public Map<String, Object> echo(
            @Context HttpHeaders headers, @PathParam("segment") String segment, @QueryParam("tag") List<String> tag) {
        var cookies = new LinkedHashMap<String, String>();
        headers.getCookies().forEach((name, cookie) -> cookies.put(name, cookie.getValue()));
        var seen = new LinkedHashMap<String, Object>();
        seen.put("segment", segment);
        seen.put("tag", tag);
        seen.put("cookie", cookies);
        seen.put("x-many", headers.getRequestHeader("x-many"));
        return seen;
    }

    @POST
    @Path("upload")
    @Consumes(MediaType.WILDCARD)
    public Map<String, String> upload(byte[] body) {
        return Map.of("body", Base64.getEncoder().encodeToString(body));
    }

    @GET
    @Path("bytes")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public byte[] bytes() {
        var bytes = new byte[256];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }

    @GET
    @Path("cookies")
    public Response cookies() {
        return Response.ok(Map.of())
                .cookie(
                        new NewCookie.Builder("a").value("1").build(),
                        new NewCookie.Builder("b").value("2").build())
                .header("X-Many", "v1")
                .header("X-Many", "v2")
                .build();
    }

    @POST
    @Path("orders")
    public Response placeOrder(Order order) {
        return Response.created(URI.create("/orders/1")).entity(order).build();
    }

    @GET
    @Path("fails")
    public Hello fails() {
        throw new IllegalStateException("password=secret");
    }
}
