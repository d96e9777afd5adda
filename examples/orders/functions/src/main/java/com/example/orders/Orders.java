package com.example.orders;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Where orders are stored. */
public interface Orders {

    void add(Order order);

    Optional<Order> find(String id);

    /** The first orders of a customer, in the order of their ids. */
    List<Order> of(String customer, int limit);

    /** Changes each order; returns how many were changed. */
    int change(UnaryOperator<Order> change);
}
