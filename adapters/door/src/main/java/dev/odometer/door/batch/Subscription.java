package dev.odometer.door.batch;

import dev.odometer.door.function.CatalogFunction;
import dev.odometer.door.json.Json;
import dev.odometer.door.json.JsonReader;
import dev.odometer.door.json.RequiredMembers;
import dev.odometer.functions.binding.Binding;
import dev.odometer.functions.binding.Binding.Mode;
import dev.odometer.functions.binding.Binding.Payload;
import dev.odometer.functions.binding.Deadline;
import dev.odometer.functions.binding.Timed;
import dev.odometer.functions.file.FileArrival;
import dev.odometer.functions.refusal.Refusal;
import dev.odometer.functions.refusal.StartRefusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JavaType;

/** A binding with its function. Decodes items and calls the function with them. */
record Subscription(Binding binding, CatalogFunction call, Function<Item, Object> decoder, InputShape shape) {

    /** The shape of the function's input. */
    enum InputShape {
        ITEM,
        ITEM_AND_DEADLINE,
        LIST
    }

    static Subscription of(Binding binding, CatalogFunction call, Json json) {
        if (call.input() == null) {
            throw unfit(binding, "takes no input");
        }
        JavaType input = json.type(call.input());
        InputShape shape = shape(input);
        if (shape != InputShape.LIST && binding.mode() == Mode.BATCH) {
            throw unfit(binding, "takes no list");
        }
        JavaType element = switch (shape) {
            case ITEM -> input;
            case ITEM_AND_DEADLINE -> input.containedType(0);
            case LIST -> input.getContentType();
        };
        if (binding.payload() == Payload.FILES && !element.hasRawClass(FileArrival.class)) {
            throw unfit(binding, "takes no files");
        }
        Function<Item, Object> decoder =
                binding.payload() == Payload.EVENTS ? new EventItems(json, element)::read : reader(element, json);
        return new Subscription(binding, call, decoder, shape);
    }

    private static Function<Item, Object> reader(JavaType element, Json json) {
        JsonReader reader = json.reader(element, false);
        Consumer<@Nullable Object> required = RequiredMembers.of(element);
        return item -> {
            EventItems.checkReadable(item);
            Object read = reader.read(item.body());
            required.accept(read);
            return read;
        };
    }

    private static InputShape shape(JavaType input) {
        if (input.hasRawClass(Timed.class)) {
            return InputShape.ITEM_AND_DEADLINE;
        }
        return input.isCollectionLikeType() ? InputShape.LIST : InputShape.ITEM;
    }

    /** The input for a call. */
    Object input(List<Object> items, Deadline deadline) {
        return switch (shape) {
            case ITEM -> items.get(0);
            case ITEM_AND_DEADLINE -> new Timed<>(items.get(0), deadline);
            case LIST -> items;
        };
    }

    private static StartRefusal unfit(Binding binding, String reason) {
        return new StartRefusal(
                "The binding of " + binding.channel() + " does not fit " + binding.function() + ": the function "
                        + reason,
                "Correct the binding, or the input of the function.");
    }

    List<Outcome> handle(List<Item> items, TimeBudget timeBudget) {
        var outcomes = new TreeMap<Integer, Outcome>();
        var inputs = new TreeMap<Integer, Object>();
        for (int i = 0; i < items.size(); i++) {
            try {
                inputs.put(i, decoder.apply(items.get(i)));
            } catch (Refusal refusal) {
                outcomes.put(i, Outcome.poison(refusal.detail()));
            }
        }
        outcomes.putAll(new BatchRun(this, items, timeBudget).outcomes(inputs));
        return List.copyOf(outcomes.values());
    }

    /** Warm-up: decodes an empty item. */
    void warmUp() {
        try {
            var unused = decoder.apply(Item.json("-", null, "{}".getBytes(StandardCharsets.UTF_8)));
        } catch (Refusal expected) {
            // Only the decoding matters.
        }
    }
}
