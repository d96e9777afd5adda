package com.example.orders;

import java.math.BigDecimal;
import java.time.Instant;

/** An order as the API returns it. */
public record Order(
        String id, String customer, String sku, int quantity, BigDecimal total, Status status, Instant placedAt) {

    public enum Status {
        PLACED,
        PAID,
        CANCELED
    }

    Order with(Status next) {
        return new Order(id, customer, sku, quantity, total, next, placedAt);
    }
}
