package dev.odometer.metering.pricing.offender;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.UnaryOperator;

/** Violates the rule against floating point, in one way for each member. */
public class PriceInDoubles {
    static final double CONSTANT = 1.5;

    double field;

    List<Double> boxedInAList = List.of();

    double result() {
        return 0;
    }

    boolean parameter(float price) {
        return true;
    }

    long local(long quantity) {
        var price = 2.5;
        return (long) (quantity * price);
    }

    long converted(BigDecimal price) {
        return Math.round(price.doubleValue());
    }

    Object array() {
        return new double[1];
    }

    Object boxedArray() {
        return new Double[1];
    }

    Object arrays() {
        return new float[1][1];
    }

    boolean unboxed(Object price) {
        return price.equals((Double) price);
    }

    boolean typeOf(Object price) {
        return price instanceof Float;
    }

    Object function() {
        UnaryOperator<Double> half = price -> price / 2;
        return half;
    }

    String text(Object price) {
        return "costs " + (Double) price;
    }
}
