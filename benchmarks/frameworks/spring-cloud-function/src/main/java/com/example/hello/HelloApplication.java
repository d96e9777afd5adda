package com.example.hello;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.messaging.Message;
import org.springframework.messaging.support.MessageBuilder;

/**
 * Functions that know no platform: payload in, payload out, headers by Spring's {@code Message}. A deployment serves the
 * one that {@code SPRING_CLOUD_FUNCTION_DEFINITION} names.
 */
@SpringBootApplication
public class HelloApplication {

    public static void main(String[] arguments) {
        SpringApplication.run(HelloApplication.class, arguments);
    }

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

    /** The body of a message. */
    public record Payment(String id, String status) {}

    @Bean
    public Supplier<Hello> hello() {
        return () -> new Hello("hello");
    }

    @Bean
    public Function<Message<byte[]>, Map<String, Object>> echo() {
        return request -> {
            var seen = new LinkedHashMap<String, Object>();
            for (String name : List.of("segment", "tag", "cookie", "x-many")) {
                if (request.getHeaders().containsKey(name)) {
                    seen.put(name, request.getHeaders().get(name));
                }
            }
            return seen;
        };
    }

    @Bean
    public Function<byte[], Map<String, Object>> upload() {
        return body -> Map.of("body", Base64.getEncoder().encodeToString(body));
    }

    @Bean
    public Function<String, Map<String, Object>> uploadText() {
        return body -> Map.of("body", Base64.getEncoder().encodeToString(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Bean
    public Supplier<Message<byte[]>> bytes() {
        return () -> {
            var bytes = new byte[256];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) i;
            }
            return MessageBuilder.withPayload(bytes)
                    .setHeader("Content-Type", "application/octet-stream")
                    .build();
        };
    }

    @Bean
    public Supplier<Message<String>> cookies() {
        return () -> MessageBuilder.withPayload("{}")
                .setHeader("Set-Cookie", List.of("a=1", "b=2"))
                .setHeader("X-Many", List.of("v1", "v2"))
                .build();
    }

    @Bean
    public Function<Order, Message<Order>> placeOrder() {
        return order -> MessageBuilder.withPayload(order)
                .setHeader("statusCode", 201)
                .setHeader("Location", "/orders/1")
                .build();
    }

    @Bean
    public Supplier<Hello> fails() {
        return () -> {
            throw new IllegalStateException("password=secret");
        };
    }

    @Bean
    public Consumer<Payment> recordPayment() {
        return payment -> {
            if ("declined".equals(payment.status())) {
                throw new IllegalStateException("declined: " + payment.id());
            }
        };
    }
}
