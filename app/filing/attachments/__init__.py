"""Evidence beside a filing's text (佐证材料): examined, kept by its content, handed out as it came."""
