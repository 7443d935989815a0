"""The pages: they show and ask, and leave every decision to the rooms below; nothing here touches SQL or the engine."""
