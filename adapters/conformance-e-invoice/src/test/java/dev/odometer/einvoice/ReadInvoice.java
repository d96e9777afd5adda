package dev.odometer.einvoice;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

/** A document in UBL as a recipient reads it, for checks that the rules of EN 16931 do not have. */
record ReadInvoice(Element root) {

    static ReadInvoice of(byte[] ubl) throws Exception {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        return new ReadInvoice(factory.newDocumentBuilder()
                .parse(new ByteArrayInputStream(ubl))
                .getDocumentElement());
    }

    boolean isCredit() {
        return root.getTagName().equals("CreditNote");
    }

    /** The children with that name, at the end of a path of names. */
    private static List<Element> all(Element parent, String... path) {
        Stream<Element> found = Stream.of(parent);
        for (String name : path) {
            found = found.flatMap(
                    one -> children(one).filter(child -> child.getTagName().equals(name)));
        }
        return found.toList();
    }

    private static Stream<Element> children(Element parent) {
        NodeList nodes = parent.getChildNodes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(nodes::item)
                .filter(node -> node.getNodeType() == Node.ELEMENT_NODE)
                .map(Element.class::cast);
    }

    private static BigDecimal decimal(Element parent, String... path) {
        return new BigDecimal(all(parent, path).get(0).getTextContent());
    }

    String text(String... path) {
        return all(root, path).get(0).getTextContent();
    }

    boolean has(String... path) {
        return !all(root, path).isEmpty();
    }

    BigDecimal amount(String... path) {
        return decimal(root, path);
    }

    /**
     * A line.
     *
     * @param reduced what allowances and charges take off
     */
    record Line(BigDecimal quantity, BigDecimal price, BigDecimal net, BigDecimal reduced, List<BigDecimal> parts) {}

    List<Line> lines() {
        return all(root, isCredit() ? "cac:CreditNoteLine" : "cac:InvoiceLine").stream()
                .map(line -> {
                    List<BigDecimal> parts = all(line, "cac:AllowanceCharge").stream()
                            .map(part -> decimal(part, "cbc:Amount"))
                            .toList();
                    BigDecimal reduced = all(line, "cac:AllowanceCharge").stream()
                            .map(part -> all(part, "cbc:ChargeIndicator")
                                            .get(0)
                                            .getTextContent()
                                            .equals("true")
                                    ? decimal(part, "cbc:Amount").negate()
                                    : decimal(part, "cbc:Amount"))
                            .reduce(BigDecimal.ZERO, BigDecimal::add);
                    return new Line(
                            decimal(line, isCredit() ? "cbc:CreditedQuantity" : "cbc:InvoicedQuantity"),
                            decimal(line, "cac:Price", "cbc:PriceAmount"),
                            decimal(line, "cbc:LineExtensionAmount"),
                            reduced,
                            parts);
                })
                .toList();
    }

    /** The names of elements without content. */
    List<String> emptyElements() {
        var empty = new ArrayList<String>();
        NodeList every = root.getElementsByTagName("*");
        for (int i = 0; i < every.getLength(); i++) {
            if (every.item(i).getTextContent().isBlank()) {
                empty.add(every.item(i).getNodeName());
            }
        }
        return empty;
    }
}
