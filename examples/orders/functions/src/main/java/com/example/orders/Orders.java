package com.example.orders;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Where orders are stored. */
public interface Orders {

    void add(Order order);

    /** Stores a payment, which may arrive before its order. A repeated call changes nothing. */
    void pay(String orderId, BigDecimal amount);

    Optional<Order> find(String id);

    /** The first orders of a customer, in the order of their ids. */
    List<Order> of(String customer, int limit);

    /** Cancels the orders that were placed before the time and are not paid. */
    void cancelUnpaid(Instant placedBefore);
}
