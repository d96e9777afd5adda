package com.example.hello;

import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Bindings;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.route.Body;
import dev.odometer.functions.route.Located;
import dev.odometer.functions.route.Route;
import dev.odometer.functions.route.Routes;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.context.annotation.Bean;

/** The functions, and the tables that map requests and messages to them. */
@AutoConfiguration
public class HelloModule {

    @Bean
    Routes routes() {
        return new Routes(List.of(
                Route.get("/hello", "hello"),
                Route.post("/echo/{segment}", "echo").queryList("tag").header("cookie", "x-many"),
                Route.post("/upload", "upload").body(Body.WHOLE),
                Route.get("/bytes", "bytes").produces("application/octet-stream"),
                Route.post("/orders", "placeOrder").body(Body.FIELDS).answers(201),
                Route.get("/fails", "fails")));
    }

    @Bean
    Bindings bindings() {
        return new Bindings(List.of(Binding.json("payments", "recordPayment")));
    }

    /** The response body of {@code hello}. */
    public record Hello(String message) {}

    /** The request body of {@code placeOrder}. */
    public record Order(int quantity) implements Located {

        public Order {
            if (quantity < 1) {
                throw Refusal.invalid("quantity must be positive: " + quantity);
            }
        }

        @Override
        public String location() {
            return "/orders/1";
        }
    }

    /** The body of a message. */
    public record Payment(String id, String status) {}

    @Bean
    Supplier<Hello> hello() {
        return () -> new Hello("hello");
    }

    @Bean
    Function<Map<String, Object>, Map<String, Object>> echo() {
        return request -> request;
    }

    @Bean
    Function<byte[], Map<String, Object>> upload() {
        return body -> Map.of("body", Base64.getEncoder().encodeToString(body));
    }

    @Bean
    Supplier<byte[]> bytes() {
        return () -> {
            var bytes = new byte[256];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) i;
            }
            return bytes;
        };
    }

    @Bean
    Function<Order, Order> placeOrder() {
        return order -> order;
    }

    @Bean
    Supplier<Hello> fails() {
        return () -> {
            throw new IllegalStateException("password=secret");
        };
    }

    @Bean
    Consumer<Payment> recordPayment() {
        return payment -> {
            if ("declined".equals(payment.status())) {
                throw new IllegalStateException("declined: " + payment.id());
            }
        };
    }
}
